package dev.mastic.registry.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of an ordered list.
 *
 * @param nextToken opaque; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
    private static final String MARK = "registry:";
    private static final int DEFAULT_SIZE = 25;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of a query that asked for one item more than a page has.
     *
     * @param place what orders an item; the next page starts after that of this page's last item
     */
    public static <T> Page<T> of(List<T> itemsAndOne, int size, Function<T, String> place) {
        if (itemsAndOne.size() <= size) {
            return new Page<>(itemsAndOne, null);
        }
        List<T> items = itemsAndOne.subList(0, size);
        byte[] token = (MARK + place.apply(items.get(size - 1))).getBytes(StandardCharsets.UTF_8);
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    }

    /** How many items a page has when {@code maxResults} were asked for; Glue's default is 25. */
    public static int size(@Nullable Integer maxResults, int largest) {
        if (maxResults == null) {
            return DEFAULT_SIZE;
        }
        if (maxResults < 1 || maxResults > largest) {
            throw InvalidInputException.builder()
                    .message("MaxResults is " + maxResults + "; use 1 to " + largest)
                    .build();
        }
        return maxResults;
    }

    /**
     * The place that a token stands for; the empty text, which comes before all, when there is no token.
     *
     * @throws InvalidInputException when the token is none of ours
     */
    public static String place(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return "";
        }
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw (InvalidInputException) invalidToken().cause(e).build();
        }
        if (!text.startsWith(MARK) || text.indexOf('\0') >= 0) {
            throw (InvalidInputException) invalidToken().build();
        }
        return text.substring(MARK.length());
    }

    /**
     * The number that a token stands for; 0 when there is no token.
     *
     * @throws InvalidInputException when the token is none of ours, or of another list
     */
    public static long number(@Nullable String token) {
        String place = place(token);
        try {
            return place.isEmpty() ? 0 : Long.parseLong(place);
        } catch (NumberFormatException e) {
            throw (InvalidInputException) invalidToken().cause(e).build();
        }
    }

    private static InvalidInputException.Builder invalidToken() {
        return InvalidInputException.builder()
                .message("NextToken is not valid: use the token of the previous answer, or none");
    }
}
