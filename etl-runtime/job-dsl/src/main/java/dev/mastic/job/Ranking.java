package dev.mastic.job;

import java.util.List;
import java.util.Locale;

/** A value that a row has by its place in a window; it becomes a column by {@link #as}. Immutable. */
public record Ranking(Kind kind, List<Expression> arguments) {
    public Ranking {
        arguments = List.copyOf(arguments);
        kind.signature.check(kind.sqlName(), arguments);
    }

    /** What is computed. */
    public enum Kind {
        ROW_NUMBER(""),
        RANK(""),
        DENSE_RANK(""),
        PERCENT_RANK(""),
        CUME_DIST(""),
        NTILE("I"),
        LAG("EI EIV"),
        LEAD("EI EIV"),
        FIRST_VALUE("E"),
        LAST_VALUE("E"),
        NTH_VALUE("EI");

        private final Signature signature;

        Kind(String signature) {
            this.signature = new Signature(signature);
        }

        /** The function's name in SQL and in {@link Dsl}. */
        public String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What the function takes. */
        public Signature signature() {
            return signature;
        }
    }

    /** Names the column. */
    public NamedRanking as(String column) {
        return new NamedRanking(column, this);
    }

    /** A ranking with the name of its column. */
    public record NamedRanking(String column, Ranking ranking) implements WindowColumn {
        public NamedRanking {
            Names.column(column);
        }

        @Override
        public Calls calls() {
            return Calls.of(ranking.kind.sqlName(), ranking.kind.signature.words(ranking.arguments))
                    .then("as", column);
        }

        @Override
        public String describe() {
            return ranking.kind.sqlName() + "(" + GraphText.list(ranking.arguments) + ") as " + column;
        }
    }
}
