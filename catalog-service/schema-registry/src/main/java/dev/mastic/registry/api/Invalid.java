package dev.mastic.registry.api;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

/** Checks of what requests hold, beyond the model's own constraints. */
final class Invalid {
    private Invalid() {}

    static InvalidInputException input(String message) {
        return InvalidInputException.builder().message(message).build();
    }

    /** @throws InvalidInputException when there is no value */
    static <T> T required(@Nullable T value, String member) {
        if (value == null) {
            throw input(member + " is missing");
        }
        return value;
    }

    /** @throws InvalidInputException when PostgreSQL could not keep a text as it is */
    static void storable(@Nullable String text, String member) {
        if (text == null) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            boolean pair = Character.isHighSurrogate(character)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (character == 0) {
                throw input(member + " must not hold the character U+0000");
            } else if (pair) {
                i++;
            } else if (Character.isSurrogate(character)) {
                throw input(member + " is not valid text: at position " + (i + 1) + " is half of a surrogate pair");
            }
        }
    }
}
