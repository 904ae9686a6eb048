package dev.mastic.bookmarks;

import java.util.Locale;

/**
 * What a run does with its bookmark: the values of Glue's {@code --job-bookmark-option}.
 *
 * @see #DISABLE the default, as in Glue
 */
public enum BookmarkOption {
    /** Reads what is new and remembers it when the run commits. */
    ENABLE,
    /** Reads everything and remembers nothing. */
    DISABLE,
    /** Reads what is new since the last committed run and does not remember it. */
    PAUSE;

    /** The argument's value, {@code job-bookmark-enable} for instance. */
    public String argument() {
        return "job-bookmark-" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the value of {@code --job-bookmark-option}.
     *
     * @throws IllegalArgumentException when it is none of the three, with the three named
     */
    public static BookmarkOption ofArgument(String argument) {
        for (BookmarkOption option : values()) {
            if (option.argument().equals(argument)) {
                return option;
            }
        }
        throw new IllegalArgumentException("--job-bookmark-option is '" + argument
                + "'; use job-bookmark-enable, job-bookmark-disable or job-bookmark-pause");
    }
}
