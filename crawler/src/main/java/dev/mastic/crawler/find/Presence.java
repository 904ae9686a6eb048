package dev.mastic.crawler.find;

/** What a source knows of a table that an earlier crawl made and this one did not find. */
public enum Presence {
    /** It lies outside of the target, or this crawl did not look there. */
    UNKNOWN,
    /** Its data is gone. */
    GONE,
    /** There is data, but no longer as this table. */
    REGROUPED
}
