package dev.mastic.catalog.store;

import dev.mastic.wire.GlueJson;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

/** Texts that PostgreSQL can keep as they are. */
public final class Texts {
    private Texts() {}

    /**
     * Refuses the two kinds of text that PostgreSQL would refuse or change: with the character NUL, or with half of a
     * surrogate pair.
     *
     * @param what names the text, for the message
     * @throws InvalidInputException when the text is of one of them
     */
    public static void requireStorable(String text, String what) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0) {
                throw invalid(what + " must not hold the character U+0000");
            } else if (Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(character)) {
                throw invalid(what + " is not valid text: at position " + (i + 1) + " is half of a surrogate pair");
            }
        }
    }

    /**
     * A model object as the text that is kept of it.
     *
     * @param what names the object, for the message
     * @throws InvalidInputException when some text in it would be changed by PostgreSQL
     */
    public static String definition(SdkPojo model, String what) {
        String json = GlueJson.write(model);
        requireStorable(json, what);
        return json;
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }
}
