package dev.mastic.catalog.partition.filter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sort keys of one key of partitions.
 *
 * @param ranges in order, with gaps between them
 * @param nulls whether what has no sort key is in it
 */
record Spread(List<Range> ranges, boolean nulls) {
    /** Copies. */
    Spread {
        ranges = List.copyOf(ranges);
    }

    static final Spread NOTHING = new Spread(List.of(), false);

    static Spread of(@Nullable Cut low, @Nullable Cut high) {
        Range range = new Range(low, high);
        return range.isEmpty() ? NOTHING : new Spread(List.of(range), false);
    }

    Spread or(Spread other) {
        List<Range> ordered = Stream.concat(ranges.stream(), other.ranges.stream())
                .sorted(Comparator.comparing(Range::low, Range.LOWS))
                .toList();
        List<Range> joined = new ArrayList<>();
        for (Range range : ordered) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.touches(range)) {
                Cut high = Range.HIGHS.compare(last.high(), range.high()) < 0 ? range.high() : last.high();
                joined.set(joined.size() - 1, new Range(last.low(), high));
            } else {
                joined.add(range);
            }
        }
        return new Spread(joined, nulls || other.nulls);
    }

    Spread and(Spread other) {
        List<Range> common = new ArrayList<>();
        for (Range one : ranges) {
            for (Range two : other.ranges) {
                Cut low = Range.LOWS.compare(one.low(), two.low()) < 0 ? two.low() : one.low();
                Cut high = Range.HIGHS.compare(one.high(), two.high()) < 0 ? one.high() : two.high();
                Range range = new Range(low, high);
                if (!range.isEmpty()) {
                    common.add(range);
                }
            }
        }
        return new Spread(common, nulls && other.nulls);
    }

    /** A place between texts: before one, or right behind it. */
    record Cut(String text, boolean behind) {
        static final Comparator<Cut> ORDER =
                Comparator.comparing(Cut::text, CodePoints.ORDER).thenComparing(Cut::behind);

        boolean isAbove(String other) {
            int order = CodePoints.ORDER.compare(text, other);
            return order > 0 || order == 0 && behind;
        }
    }

    /** From a cut to another; null is no bound. */
    record Range(@Nullable Cut low, @Nullable Cut high) {
        static final Comparator<@Nullable Cut> LOWS = Comparator.nullsFirst(Cut.ORDER);
        static final Comparator<@Nullable Cut> HIGHS = Comparator.nullsLast(Cut.ORDER);

        boolean isEmpty() {
            return low != null && high != null && Cut.ORDER.compare(low, high) >= 0;
        }

        /** Whether the next one in the order of lows begins before this one ends, or where it ends. */
        boolean touches(Range next) {
            return high == null || next.low == null || Cut.ORDER.compare(next.low, high) <= 0;
        }
    }
}
