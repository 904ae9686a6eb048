package dev.mastic.job;

/** A column that a window step adds: an aggregation of the window's rows, or a row's place among them. Immutable. */
public sealed interface WindowColumn permits Aggregation.Named, Ranking.NamedRanking {

    /** The column's name. */
    String column();

    /** The calls of {@link Dsl} that make it. */
    Calls calls();

    /** The column for people: {@code rank() as place}. */
    String describe();
}
