package dev.mastic.job;

import java.util.List;

/** How many bad rows a check bears; more stop the run before anything is written. Immutable. */
public sealed interface Tolerance {

    /** Any number. */
    record All() implements Tolerance {
        @Override
        public String describe() {
            return "";
        }
    }

    /** A number of rows. */
    record Rows(long atMost) implements Tolerance {
        public Rows {
            if (atMost < 0) {
                throw new IllegalArgumentException("atMostRows(" + atMost + ") is less than 0");
            }
        }

        @Override
        public String describe() {
            return ", at most " + atMost + " bad rows";
        }
    }

    /** A share of all rows. */
    record Ratio(double atMost) implements Tolerance {
        public Ratio {
            if (!(atMost >= 0 && atMost <= 1)) {
                throw new IllegalArgumentException(
                        "atMostRatio(" + atMost + ") is not between 0 and 1; write 0.01 for one percent");
            }
        }

        @Override
        public String describe() {
            return ", at most " + atMost + " of the rows bad";
        }
    }

    /** The words of {@link Dsl} that say it, none for any number. */
    default List<Calls> calls() {
        if (this instanceof Rows rows) {
            return List.of(Calls.of("atMostRows", rows.atMost()));
        }
        if (this instanceof Ratio ratio) {
            return List.of(Calls.of("atMostRatio", ratio.atMost()));
        }
        return List.of();
    }

    /** The tolerance for people; empty for none. */
    String describe();
}
