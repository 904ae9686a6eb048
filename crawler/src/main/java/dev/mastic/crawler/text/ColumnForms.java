package dev.mastic.crawler.text;

import java.util.HashMap;
import java.util.Map;

/** What stands in one column: forms and shapes of its values, to tell whether another value belongs there. */
final class ColumnForms {
    private static final int LONGEST_SHAPE = 24;
    private static final int MOST_SHAPES = 64;
    private static final double LOG2 = Math.log(2);

    private final int[] forms = new int[CellForm.values().length];
    private final Map<String, Integer> shapes = new HashMap<>();
    private int values;
    private double length;

    void learn(String value) {
        forms[CellForm.of(value, 0, value.length()).ordinal()]++;
        values++;
        length += value.length();
        String shape = shape(value);
        if (shapes.size() < MOST_SHAPES || shapes.containsKey(shape)) {
            shapes.merge(shape, 1, Integer::sum);
        }
    }

    /** Bits that a value costs here: few when most values look like it. */
    double cost(String value) {
        CellForm form = CellForm.of(value, 0, value.length());
        double bits = log2((values + 2.0) / (forms[form.ordinal()] + 0.1));
        int known = shapes.getOrDefault(shape(value), 0);
        bits += log2((values + 2.0) / (known + 0.25));
        if (form == CellForm.TEXT || form == CellForm.WORD) {
            double mean = length / Math.max(1, values) + 4;
            bits += 2 * Math.abs(Math.log((value.length() + 4) / mean));
        }
        return bits;
    }

    /** Kinds of characters, runs as one: {@code A-9} of CC-9259. Of long texts only how they begin and end. */
    private static String shape(String value) {
        StringBuilder shape = new StringBuilder();
        char before = 0;
        int i = 0;
        for (; i < value.length() && shape.length() < LONGEST_SHAPE; i++) {
            char kind = kind(value.charAt(i));
            if (kind != before) {
                shape.append(kind);
                before = kind;
            }
            if (kind == ' ') {
                break;
            }
        }
        if (i < value.length()) {
            shape.append('~').append(kind(value.charAt(value.length() - 1)));
        }
        return shape.toString();
    }

    private static char kind(char c) {
        if (c >= '0' && c <= '9') {
            return '9';
        } else if (Character.isUpperCase(c)) {
            return 'A';
        } else if (Character.isLetter(c)) {
            return 'a';
        }
        return c;
    }

    private static double log2(double value) {
        return Math.log(value) / LOG2;
    }
}
