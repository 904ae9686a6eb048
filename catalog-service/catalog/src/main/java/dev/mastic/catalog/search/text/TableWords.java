package dev.mastic.catalog.search.text;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Words of texts, as SearchTables compares them: what is between punctuation and spaces, in small letters. So {@code link}
 * is a word of {@code customer-link} and none of {@code xxlinkyy}.
 */
public final class TableWords {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    /** Longer words are the same if they begin the same: an index takes no text of any length. */
    private static final int LONGEST_WORD = 100;

    private static final int MOST_WORDS = 5000;

    /** Change with each commit to an Iceberg table, and no one searches them. */
    private static final Set<String> NOT_SEARCHED = Set.of("metadata_location", "previous_metadata_location");

    private TableWords() {}

    /** The words of a text. */
    public static Set<String> of(@Nullable String text) {
        Set<String> words = new TreeSet<>();
        if (text != null) {
            Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
                    .filter(word -> !word.isEmpty())
                    .map(TableWords::cut)
                    .forEach(words::add);
        }
        return words;
    }

    /** The words that a table has whose parameter has that text, or more. */
    public static Set<String> ofParameter(String key, String text) {
        Set<String> words = new TreeSet<>();
        if (!NOT_SEARCHED.contains(key)) {
            words.addAll(of(key));
            words.addAll(of(text));
        }
        return words;
    }

    private static String cut(String word) {
        return word.codePointCount(0, word.length()) <= LONGEST_WORD
                ? word
                : word.substring(0, word.offsetByCodePoints(0, LONGEST_WORD));
    }

    /** All words of what {@link #texts} gives; null when they are too many for an index. */
    public static @Nullable Set<String> of(Table table) {
        Set<String> words = new TreeSet<>();
        for (String text : texts(table)) {
            words.addAll(of(text));
            if (words.size() > MOST_WORDS) {
                return null;
            }
        }
        return words;
    }

    /** What a table is searched by: its names and descriptions, its columns, its location and its parameters. */
    public static List<String> texts(Table table) {
        List<String> texts = new ArrayList<>();
        add(texts, table.name());
        add(texts, table.databaseName());
        add(texts, table.description());
        add(texts, table.owner());
        add(texts, table.tableType());
        StorageDescriptor storage = table.storageDescriptor();
        if (storage != null) {
            add(texts, storage.location());
            storage.columns().forEach(column -> add(texts, column));
        }
        table.partitionKeys().forEach(column -> add(texts, column));
        table.parameters().forEach((key, value) -> {
            if (!NOT_SEARCHED.contains(key)) {
                add(texts, key);
                add(texts, value);
            }
        });
        return texts;
    }

    private static void add(List<String> texts, Column column) {
        add(texts, column.name());
        add(texts, column.comment());
    }

    private static void add(List<String> texts, @Nullable String text) {
        // U+0000 is in no word, but can be in a parameter.
        if (text != null && !text.isEmpty()) {
            texts.add(text);
        }
    }
}
