package dev.mastic.catalog.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.Locale;

/** Names of entities, which Glue folds to lower case. */
public final class Names {
    private static final int LONGEST = 255;

    private Names() {}

    /**
     * The name as it is stored.
     *
     * @param kind what the name is of, for the message
     * @throws InvalidInputException when there is no name, it is too long, or it has a character that no name can have
     */
    public static String fold(@Nullable String name, String kind) {
        if (name == null || name.isEmpty()) {
            throw InvalidInputException.builder()
                    .message(kind + " name must not be empty")
                    .build();
        }
        if (name.codePointCount(0, name.length()) > LONGEST) {
            throw InvalidInputException.builder()
                    .message(kind + " name has " + name.codePointCount(0, name.length()) + " characters; at most "
                            + LONGEST + " are taken")
                    .build();
        }
        Texts.requireStorable(name, kind + " name");
        return name.toLowerCase(Locale.ROOT);
    }
}
