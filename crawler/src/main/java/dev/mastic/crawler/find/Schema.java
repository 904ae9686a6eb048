package dev.mastic.crawler.find;

/** How sure a source is of the columns that it gives. */
public enum Schema {
    /** Inferred from texts in samples: columns are only added, types only widened. */
    INFERRED,
    /** Samples carry the types: a type is only widened to one that reads both. */
    TYPED,
    /** The store declares the whole schema, as a database does: the table follows it, columns that it dropped go. */
    DECLARED
}
