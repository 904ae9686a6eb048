package dev.mastic.wire.tag;

import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What tags a resource of Glue may have: <i>Tag restrictions</i> in "AWS tags in AWS Glue". */
public final class Tags {
    /** Most tags of one resource. */
    public static final int MOST = 50;

    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final String RESERVED = "aws:";

    private Tags() {}

    /**
     * Tags that a resource may get when it is created, as a JSON object for its column.
     *
     * @throws InvalidInputException when it may not
     */
    public static String column(Map<String, String> tags) {
        return Json.text(joined(Map.of(), tags));
    }

    /** The tags of a column's JSON object. */
    public static Map<String, String> read(String column) {
        Map<String, String> tags = new LinkedHashMap<>();
        Json.readObject(column.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .forEach((key, value) -> tags.put(key, String.valueOf(value)));
        return tags;
    }

    /**
     * The present tags and others; a key that is there gets the new value.
     *
     * @throws InvalidInputException when a tag is not allowed, or there would be more than {@link #MOST}
     */
    static Map<String, String> joined(Map<String, String> present, Map<String, String> added) {
        added.forEach(Tags::check);
        Map<String, String> tags = new LinkedHashMap<>(present);
        tags.putAll(added);
        if (tags.size() > MOST) {
            throw invalid("The resource would have " + tags.size() + " tags; at most " + MOST
                    + " are allowed. Remove some by UntagResource first");
        }
        return tags;
    }

    /**
     * The present tags without some; keys that are not there count as removed.
     *
     * @throws InvalidInputException when a key is not one that a tag can have
     */
    static Map<String, String> without(Map<String, String> present, Collection<String> keys) {
        keys.forEach(Tags::checkKey);
        Map<String, String> tags = new LinkedHashMap<>(present);
        tags.keySet().removeAll(keys);
        return tags;
    }

    private static void check(String key, @Nullable String value) {
        checkKey(key);
        if (value == null || value.codePointCount(0, value.length()) > LONGEST_VALUE) {
            throw invalid("The value of the tag " + key
                    + (value == null ? " is missing" : " has more than " + LONGEST_VALUE + " characters"));
        }
        requireStorable(value, "The value of the tag " + key);
    }

    private static void checkKey(@Nullable String key) {
        if (key == null || key.isEmpty() || key.codePointCount(0, key.length()) > LONGEST_KEY) {
            throw invalid("The key of a tag must have 1 to " + LONGEST_KEY + " characters");
        }
        requireStorable(key, "The key of a tag");
        if (key.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
            throw invalid("Tag " + key + ": keys that begin with " + RESERVED + " are kept for AWS");
        }
    }

    /**
     * Refuses text that PostgreSQL cannot keep as it is.
     *
     * @param what names the text, for the message
     * @throws InvalidInputException when it has the character NUL or half of a surrogate pair
     */
    static void requireStorable(String text, String what) {
        boolean storable = text.codePoints().noneMatch(point -> point == 0 || (point >= 0xd800 && point <= 0xdfff));
        if (!storable) {
            throw invalid(what + " must not hold the character U+0000 or half of a surrogate pair");
        }
    }

    static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }
}
