package dev.mastic.catalog.search;

import dev.mastic.catalog.search.text.TableWords;
import dev.mastic.catalog.store.Errors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Comparator;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.PropertyPredicate;
import software.amazon.awssdk.services.glue.model.Table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What tables a search finds: the conditions themselves, and words that all such tables have.
 *
 * @param words all of which are among the words of every table that is found, so that an index can find them
 */
record SearchCondition(Set<String> words, Predicate<Table> matches) {
    private static final int LONGEST = 1024;

    /** Copies. */
    SearchCondition {
        words = Set.copyOf(words);
    }

    /**
     * The text and all of the filters.
     *
     * @throws InvalidInputException when one of them cannot be
     */
    static SearchCondition of(@Nullable String text, List<PropertyPredicate> filters) {
        SearchCondition all = new SearchCondition(Set.of(), table -> true);
        if (text != null) {
            all = all.and(text(text));
        }
        for (PropertyPredicate filter : filters) {
            all = all.and(filter(filter));
        }
        return all;
    }

    private SearchCondition and(SearchCondition other) {
        Set<String> both = new HashSet<>(words);
        both.addAll(other.words);
        return new SearchCondition(both, matches.and(other.matches));
    }

    /** Every word is one of the table's; in quotes, some text of the table is as it is given. */
    private static SearchCondition text(String text) {
        limit("SearchText", text);
        if (isQuoted(text)) {
            String exact = unquoted(text);
            return new SearchCondition(
                    TableWords.of(exact),
                    table -> TableWords.texts(table).stream().anyMatch(exact::equalsIgnoreCase));
        }
        Set<String> words = TableWords.of(text);
        if (words.isEmpty()) {
            throw Errors.invalid("SearchText '" + text + "' has no letter or digit");
        }
        return new SearchCondition(words, table -> {
            Set<String> found = new TreeSet<>();
            TableWords.texts(table).forEach(some -> found.addAll(TableWords.of(some)));
            return found.containsAll(words);
        });
    }

    private static SearchCondition filter(@Nullable PropertyPredicate filter) {
        String key = filter == null ? null : filter.key();
        String value = filter == null ? null : filter.value();
        if (filter == null || key == null || value == null) {
            throw Errors.invalid("A filter needs Key and Value");
        }
        limit("The key of a filter", key);
        limit("The value of a filter", value);
        SearchField field = SearchField.of(key).orElse(null);
        if (field != null && field.isTime()) {
            Instant time = time(key, value);
            Comparator comparator = filter.comparator() == null ? Comparator.EQUALS : filter.comparator();
            return new SearchCondition(Set.of(), table -> {
                Instant found = field.time(table);
                return found != null && holds(found.compareTo(time), comparator);
            });
        }
        if (filter.comparator() != null && filter.comparator() != Comparator.EQUALS) {
            throw Errors.invalid("Filter " + key + ": the comparator " + filter.comparatorAsString()
                    + " is for times; leave it away for other properties");
        }
        Predicate<@Nullable String> matches = text(key, value);
        if (field == null) {
            return new SearchCondition(
                    TableWords.ofParameter(key, value),
                    table -> matches.test(table.parameters().get(key)));
        }
        // Who created a table is not among its words.
        Set<String> words = field == SearchField.CREATED_BY ? Set.of() : TableWords.of(value);
        return new SearchCondition(words, table -> matches.test(field.text(table)));
    }

    /** All words of the value are among those of the text; in quotes, the text is as it is given. */
    private static Predicate<@Nullable String> text(String key, String value) {
        if (isQuoted(value)) {
            String exact = unquoted(value);
            return found -> exact.equalsIgnoreCase(found);
        }
        Set<String> words = TableWords.of(value);
        if (words.isEmpty()) {
            throw Errors.invalid("Filter " + key + ": the value '" + value + "' has no letter or digit");
        }
        return found -> TableWords.of(found).containsAll(words);
    }

    private static boolean isQuoted(String text) {
        return text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }

    private static void limit(String what, String text) {
        int length = text.codePointCount(0, text.length());
        if (length == 0 || length > LONGEST) {
            throw Errors.invalid(what + " has " + length + " characters; use 1 to " + LONGEST);
        }
    }

    private static boolean holds(int compared, Comparator comparator) {
        return switch (comparator) {
            case EQUALS -> compared == 0;
            case GREATER_THAN -> compared > 0;
            case LESS_THAN -> compared < 0;
            case GREATER_THAN_EQUALS -> compared >= 0;
            case LESS_THAN_EQUALS -> compared <= 0;
            case UNKNOWN_TO_SDK_VERSION -> throw Errors.invalid("A filter has a comparator that Glue does not have");
        };
    }

    /** The API's reference names no form, so it takes those that people write. */
    private static Instant time(String key, String value) {
        String text = value.trim();
        try {
            if (text.matches("-?[0-9]{1,12}([.][0-9]{1,9})?")) {
                BigDecimal[] parts = new BigDecimal(text).divideAndRemainder(BigDecimal.ONE);
                return Instant.ofEpochSecond(
                        parts[0].longValueExact(), parts[1].movePointRight(9).longValueExact());
            } else if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
            return iso.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Errors.invalid("Filter " + key + ": '" + value
                    + "' is no time; use seconds since 1970, 2026-01-31 or 2026-01-31T12:00:00Z");
        }
    }
}
