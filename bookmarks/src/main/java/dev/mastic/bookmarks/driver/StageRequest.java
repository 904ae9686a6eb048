package dev.mastic.bookmarks.driver;

/**
 * The body of {@code POST .../driver/outputs}.
 *
 * @param output name of the write step
 * @param location {@code s3://bucket/prefix/}
 */
public record StageRequest(String output, String location) {}
