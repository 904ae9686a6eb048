package dev.mastic.bookmarks.driver;

import dev.mastic.bookmarks.OutputAccess;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST .../driver/outputs}.
 *
 * @param output name of the write step
 * @param location {@code s3://bucket/prefix/}
 * @param access null for {@link OutputAccess#SHARED}
 */
public record StageRequest(
        String output, String location, @Nullable OutputAccess access) {

    /** As told, or shared. */
    public OutputAccess accessOrShared() {
        return access == null ? OutputAccess.SHARED : access;
    }
}
