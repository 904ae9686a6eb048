package dev.mastic.bookmarks.postgres;

import dev.mastic.bookmarks.ObjectVersion;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

import java.time.Instant;
import java.util.List;

/** Binds a list of objects as one array for each column, so that a list of any length is one statement. */
final class ObjectArrays {
    /** Names the arrays as rows: {@code c(bucket, object_key, etag, size, last_modified, ord)}. */
    static final String ROWS = "unnest(:buckets, :keys, :etags, :sizes, :times::timestamptz[]) "
            + "WITH ORDINALITY AS c(bucket, object_key, etag, size, last_modified, ord)";

    private ObjectArrays() {}

    static <S extends SqlStatement<S>> S bind(Handle handle, S statement, List<ObjectVersion> objects) {
        handle.registerArrayType(String.class, "text");
        handle.registerArrayType(Long.class, "bigint");
        statement.registerArrayType(String.class, "text");
        statement.registerArrayType(Long.class, "bigint");
        return statement
                .bindArray(
                        "buckets",
                        String.class,
                        objects.stream().map(ObjectVersion::bucket).toList())
                .bindArray(
                        "keys",
                        String.class,
                        objects.stream().map(ObjectVersion::key).toList())
                .bindArray(
                        "etags",
                        String.class,
                        objects.stream().map(ObjectVersion::etag).toList())
                .bindArray(
                        "sizes",
                        Long.class,
                        objects.stream().map(ObjectVersion::size).toList())
                .bindArray(
                        "times",
                        String.class,
                        objects.stream()
                                .map(ObjectVersion::lastModified)
                                .map(Instant::toString)
                                .toList());
    }
}
