package dev.mastic.crawler.crawl;

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
record Page<T>(List<T> items, @Nullable String nextToken) {
    private static final String MARK = "mastic-crawler:";
    private static final int LARGEST_SIZE = 1000;

    Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of a query that asked for one item more than a page has.
     *
     * @param place the text that orders an item; the next page starts after that of this page's last item
     */
    static <T> Page<T> of(List<T> itemsAndOne, int size, Function<T, String> place) {
        if (itemsAndOne.size() <= size) {
            return new Page<>(itemsAndOne, null);
        }
        List<T> items = itemsAndOne.subList(0, size);
        String token = MARK + place.apply(items.get(size - 1));
        return new Page<>(
                items, Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** How many items a page has when {@code maxResults} were asked for. */
    static int size(@Nullable Integer maxResults, int otherwise) {
        if (maxResults == null) {
            return otherwise;
        }
        if (maxResults < 1 || maxResults > LARGEST_SIZE) {
            throw InvalidInputException.builder()
                    .message("MaxResults is " + maxResults + "; use 1 to " + LARGEST_SIZE)
                    .build();
        }
        return maxResults;
    }

    /**
     * The place that a token stands for; the empty text when there is no token.
     *
     * @throws InvalidInputException when the token is none of ours
     */
    static String place(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return "";
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(MARK) && text.indexOf('\0') < 0) {
                return text.substring(MARK.length());
            }
            throw invalid();
        } catch (IllegalArgumentException e) {
            throw (InvalidInputException) invalid().toBuilder().cause(e).build();
        }
    }

    static InvalidInputException invalid() {
        return InvalidInputException.builder()
                .message("NextToken is not valid: use the token of the previous answer, or none")
                .build();
    }
}
