package dev.mastic.crawler.partition;

import java.util.OptionalInt;

/**
 * What a crawler's configuration says about grouping.
 *
 * @param combineCompatible whether folders of one format become one table however different their columns are
 * @param tableLevel depth at which all tables are: the bucket is 1, its folders are 2
 */
public record GroupingOptions(boolean combineCompatible, OptionalInt tableLevel) {
    /** Grouping by similarity. */
    public static final GroupingOptions DEFAULT = new GroupingOptions(false, OptionalInt.empty());
}
