package dev.mastic.job;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks of what a job author writes; every message names the value and what is expected. */
final class Names {
    private static final Pattern STEP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Names() {}

    /** A step's name as its author may choose it: no dots, because names made by the builder have one. */
    static String step(String name) {
        if (!STEP.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot name a step: use letters, digits, '_' and '-', for instance lake_orders");
        }
        return name;
    }

    /** @throws IllegalArgumentException when one of the names comes twice */
    static List<String> different(String place, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(column(name).toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(place + " names '" + name + "' twice; once is enough");
            }
        }
        return List.copyOf(names);
    }

    /** As {@link #different}, and not empty. */
    static List<String> some(String place, List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(place + " names no column; name at least one");
        }
        return different(place, names);
    }

    /** A name that a query knows rows by. */
    static String alias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw new IllegalArgumentException(
                    "'" + alias + "' cannot name rows in a query: use letters, digits and '_', for instance orders");
        }
        return alias;
    }

    static String column(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A column name is empty");
        }
        return name;
    }

    /** An S3 location in its one spelling, {@code s3://bucket/prefix/}; a key that names one file keeps its end. */
    static String location(String location) {
        String text = location;
        for (String scheme : new String[] {"s3a://", "s3n://"}) {
            if (text.startsWith(scheme)) {
                text = "s3://" + text.substring(scheme.length());
            }
        }
        if (!text.startsWith("s3://") || text.length() == "s3://".length() || text.startsWith("s3:///")) {
            throw new IllegalArgumentException("'" + location
                    + "' is not a location in S3; write s3://bucket/folder/, for instance s3://landing/orders/");
        }
        return text;
    }

    /** @throws IllegalArgumentException unless the text is one character that a CSV file can use so */
    static void single(String what, String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(
                    "The " + what + " of a CSV file is one character, found '" + text + "'; use ',' for instance");
        }
        single(what, text.charAt(0));
    }

    static String single(String what, char character) {
        if (character == '\n' || character == '\r') {
            throw new IllegalArgumentException("A line end cannot be the " + what + " of a CSV file");
        }
        return String.valueOf(character);
    }
}
