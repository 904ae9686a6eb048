package dev.mastic.catalog.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Where the next page of a listing starts: after the last key of the page before, so that changes cannot shift it. */
public final class PageToken {
    private static final String SEPARATOR = "\u0001";
    private static final String MARK = "m1" + SEPARATOR;

    private PageToken() {}

    /** The token for the keys after one. */
    public static String after(List<String> key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((MARK + String.join(SEPARATOR, key)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key that a token stands for.
     *
     * @param token null or empty for the first page
     * @return null for the first page
     * @throws InvalidInputException when no listing gave that token
     */
    public static @Nullable List<String> read(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(MARK) && text.indexOf('\0') < 0) {
                return List.of(text.substring(MARK.length()).split(SEPARATOR, -1));
            }
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** The token's key when it has one part. */
    public static @Nullable String readOne(@Nullable String token) {
        List<String> key = read(token);
        if (key == null) {
            return null;
        }
        if (key.size() != 1) {
            throw invalid();
        }
        return key.get(0);
    }

    /**
     * The size of a page.
     *
     * @param requested {@code MaxResults} of the request
     * @throws InvalidInputException when it is not between 1 and the most
     */
    public static int size(@Nullable Integer requested, int most) {
        if (requested == null) {
            return most;
        }
        if (requested < 1 || requested > most) {
            throw InvalidInputException.builder()
                    .message("MaxResults is " + requested + "; use 1 to " + most)
                    .build();
        }
        return requested;
    }

    /** What a token that no listing gave is answered with. */
    public static InvalidInputException invalid() {
        return InvalidInputException.builder()
                .message("NextToken is not one that this listing gave; start again without it")
                .build();
    }
}
