package dev.mastic.crawler.partition;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a folder's name looks like. A name that is a value of something, a day or a number for instance, tells that its
 * folder is a partition; a word may as well be the name of a table.
 */
enum NameShape {
    /** {@code year=2026}. */
    KEY("a key and a value"),
    /** A year, month, day or hour, or several of them in one: {@code 2026}, {@code 2026-01-31}, {@code 20260131T1030}. */
    DATE("a date or number"),
    /** A number of more than four digits. */
    NUMBER("a number"),
    /** A UUID, or 16 hexadecimal digits and more. */
    ID("an identifier"),
    /** A region of a cloud, {@code eu-west-1}. */
    REGION("a region"),
    /** Anything else. */
    WORD("a word");

    private static final Pattern NUMBER_FORM = Pattern.compile("\\d{1,18}");
    private static final List<Pattern> DATES = List.of(
            Pattern.compile("\\d{1,4}"),
            Pattern.compile("(19|20)\\d{2}(0[1-9]|1[0-2])([0-3]\\d([01]\\d|2[0-3])?)?"),
            Pattern.compile("(19|20)\\d{2}[-_.](0[1-9]|1[0-2])([-_.][0-3]\\d)?"),
            Pattern.compile("((19|20)\\d{2}[-_.]?)?(w[0-5]\\d|q[1-4])"),
            Pattern.compile("(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july"
                    + "|august|september|october|november|december)"),
            Pattern.compile("(19|20)\\d{2}[-_.]?[01]\\d[-_.]?[0-3]\\d[ t_.-]?[0-2]\\d[-_:.]?"
                    + "([0-5]\\d[-_:.]?([0-5]\\d([.,]\\d{1,9})?)?)?(z|[+-]\\d{2}:?\\d{2})?"));
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{16,64}");
    private static final Pattern CLOUD_REGION = Pattern.compile("[a-z]{2}(-gov)?-[a-z]{4,10}-\\d");

    private final String description;

    NameShape(String description) {
        this.description = description;
    }

    static NameShape of(Folder folder) {
        if (!folder.key().isEmpty()) {
            return KEY;
        }
        String name = folder.name().toLowerCase(Locale.ROOT);
        if (DATES.stream().anyMatch(form -> form.matcher(name).matches())) {
            return DATE;
        } else if (NUMBER_FORM.matcher(name).matches()) {
            return NUMBER;
        } else if (UUID_FORM.matcher(name).matches() || HEX.matcher(name).matches()) {
            return ID;
        }
        return CLOUD_REGION.matcher(name).matches() ? REGION : WORD;
    }

    /** Whether folders of such names are partitions even when there is but one of them. */
    boolean isValue() {
        return this != WORD;
    }

    String description() {
        return description;
    }
}
