package dev.mastic.crawler.partition;

import java.util.List;

/** How sure a decision is, as factors between 0 and 1. */
final class Confidence {
    private Confidence() {}

    /**
     * That the folders of a level are partitions: what their names say, how many of the level they are, and how many of
     * the table's columns each of them has.
     */
    static double ofLevel(List<Below> members, int all) {
        int columns = Leaf.union(
                        members.stream().map(below -> below.group().columns()).toList())
                .size();
        double coverage = members.stream()
                .mapToDouble(below ->
                        columns == 0 ? 1 : (double) below.group().columns().size() / columns)
                .average()
                .orElse(1);
        double names = switch (NameShape.of(members.get(0).folder())) {
            case KEY -> 1;
            case DATE -> 0.98;
            case ID, REGION, NUMBER -> 0.95;
            case WORD -> members.size() > 2 ? 0.9 : 0.8;
        };
        return names * (0.7 + 0.3 * members.size() / all) * (0.8 + 0.2 * coverage);
    }

    /** That what is different is no part of it: the nearer to the majority, the more doubtful. */
    static double ofShare(long different, long all) {
        return all == 0 ? 1 : Math.max(0.5, 1 - 0.5 * different / all);
    }
}
