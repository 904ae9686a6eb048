package dev.mastic.crawler.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates tables as people keep them: identifiers, names, amounts, times, prose. */
final class MessyTables {
    private static final List<String> WORDS = List.of(
            "river", "stone", "market", "garden", "north", "paper", "silver", "window", "bridge", "summer", "engine",
            "letter", "castle", "forest", "island", "winter", "harbor", "signal", "copper", "valley");
    private static final List<String> PEOPLE = List.of(
            "Ann Miller",
            "Bob Stone",
            "Cid Van Dyke",
            "Dan O'Hara",
            "Eva Lang",
            "Fay Wong",
            "Gus Berg",
            "Hal Finn",
            "Ida Roth",
            "Jo Park");
    private static final List<String> CITIES = List.of(
            "Rome",
            "Oslo",
            "New York",
            "Paris",
            "Bonn",
            "Kiel",
            "San Jose",
            "Graz",
            "Lyon",
            "Linz",
            "Bad Ems",
            "Turin");

    private final Random random;

    MessyTables(Random random) {
        this.random = random;
    }

    /** Names and values, as many in each row as there are names. */
    record Table(List<String> names, List<List<String>> rows) {}

    /** @param trait what some columns must have; empty for nothing */
    Table table(int columns, int rows, String trait) {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            kinds.add(kind(i, columns, trait));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add(name(kinds.get(i), i));
        }
        List<List<String>> values = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            List<String> row = new ArrayList<>();
            for (String kind : kinds) {
                row.add(value(kind, r));
            }
            values.add(row);
        }
        return new Table(names, values);
    }

    private String kind(int index, int columns, String trait) {
        if (columns == 1) {
            return trait.equals("numbers") ? "fraction" : trait;
        }
        if (index == 0) {
            return "id";
        } else if (index == columns - 1) {
            return "fraction";
        } else if (trait.equals("numbers")) {
            return pick("whole", "fraction", "date", "fraction");
        } else if (trait.equals("decimal comma")) {
            return index == 1 ? "decimal comma" : pick("decimal comma", "city", "date");
        } else if (trait.equals("time")) {
            return index == 1 ? "timestamp" : pick("time", "timestamp", "german date", "slash date");
        } else if (trait.equals("prose") || trait.equals("list") || trait.startsWith("delimiter ")) {
            return index == 1 ? trait : pick(trait, "city", "code", "person");
        }
        return pick(
                "whole",
                "fraction",
                "city",
                "person",
                "word",
                "code",
                "date",
                "timestamp",
                "boolean",
                "mail",
                "url",
                "money");
    }

    private String name(String kind, int index) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return switch (kind) {
            case "id" -> pick("id", "key", "number");
            case "city" -> "city_" + index;
            case "person" -> "person_" + index;
            default -> word + "_" + index;
        };
    }

    private String value(String kind, int row) {
        if (kind.startsWith("delimiter ")) {
            String delimiter = kind.substring("delimiter ".length());
            return random.nextInt(3) > 0 ? word() + delimiter + " " + word() : word();
        }
        return switch (kind) {
            case "id" -> String.valueOf(1000 + row);
            case "whole" -> String.valueOf(random.nextInt(100_000));
            case "fraction" -> String.format(Locale.ROOT, "%.2f", random.nextDouble() * 1000);
            case "decimal comma" ->
                String.format(Locale.ROOT, "%.2f", random.nextDouble() * 1000).replace('.', ',');
            case "money" -> "$" + random.nextInt(500) + ".99";
            case "city" -> CITIES.get(random.nextInt(CITIES.size()));
            case "person" -> PEOPLE.get(random.nextInt(PEOPLE.size()));
            case "word" -> word();
            case "code" ->
                String.format(
                        Locale.ROOT,
                        "%c%c-%04d",
                        'A' + random.nextInt(26),
                        'A' + random.nextInt(26),
                        random.nextInt(10_000));
            case "date" ->
                String.format(
                        Locale.ROOT,
                        "20%02d-%02d-%02d",
                        random.nextInt(25),
                        1 + random.nextInt(12),
                        1 + random.nextInt(28));
            case "german date" ->
                String.format(
                        Locale.ROOT,
                        "%02d.%02d.20%02d",
                        1 + random.nextInt(28),
                        1 + random.nextInt(12),
                        random.nextInt(25));
            case "slash date" ->
                String.format(
                        Locale.ROOT,
                        "%02d/%02d/20%02d",
                        1 + random.nextInt(28),
                        1 + random.nextInt(12),
                        random.nextInt(25));
            case "time" -> time();
            case "timestamp" -> value("date", row) + " " + time();
            case "boolean" -> random.nextBoolean() ? "true" : "false";
            case "mail" -> word() + "@" + word() + ".org";
            case "url" -> "https://" + word() + ".example/" + word() + "/" + random.nextInt(100);
            case "prose" -> sentence();
            case "list" -> word() + "|" + word() + "|" + word();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private String time() {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }

    private String sentence() {
        StringBuilder text = new StringBuilder("The");
        int words = random.nextInt(4, 12);
        for (int i = 0; i < words; i++) {
            text.append(random.nextInt(4) == 0 ? ", " : " ").append(word());
        }
        return text.append('.').toString();
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** Puts a value into some rows. */
    void spoil(Table table, String value) {
        for (int i = 1; i < table.rows().size(); i += 4) {
            table.rows().get(i).set(1, value);
        }
    }

    /** Empties a share of the values, the first column's aside. */
    void empty(Table table, double share) {
        for (List<String> row : table.rows()) {
            for (int i = 1; i < row.size(); i++) {
                if (random.nextDouble() < share) {
                    row.set(i, "");
                }
            }
        }
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }
}
