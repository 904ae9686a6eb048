package dev.mastic.registry.api;

import dev.mastic.registry.store.SchemaRecord;
import dev.mastic.registry.store.VersionStore;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.SchemaVersionErrorItem;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deletes versions of a schema as Glue does: never its first version, and nothing at all when the checkpoint is among them. */
final class VersionDeletion {
    private static final long LARGEST_NUMBER = 100_000;
    private static final long FIRST = 1;

    private final VersionStore versions = new VersionStore();

    /** Numbers of versions, both ends included. */
    record Range(long first, long last) {
        /**
         * Reads {@code 5} or {@code 1-3}.
         *
         * @throws software.amazon.awssdk.services.glue.model.InvalidInputException for anything else
         */
        static Range parse(String text) {
            String[] ends = text.split("-", -1);
            long first = number(text, ends[0]);
            long last = ends.length == 1 ? first : number(text, ends[1]);
            if (ends.length > 2 || first > last) {
                throw malformed(text);
            }
            return new Range(first, last);
        }

        private static long number(String text, String digits) {
            if (!digits.matches("[1-9][0-9]{0,5}") || Long.parseLong(digits) > LARGEST_NUMBER) {
                throw malformed(text);
            }
            return Long.parseLong(digits);
        }

        private static RuntimeException malformed(String text) {
            String shown = text.length() <= 50 ? text : text.substring(0, 50) + "...";
            return Invalid.input("Versions is '" + shown + "'; use a number such as 5 or a range such as 1-3, up to "
                    + LARGEST_NUMBER);
        }
    }

    /**
     * Deletes what can be deleted, within the caller's transaction, which must hold the schema's lock.
     *
     * @return an error for each number that names no version, or the first one
     * @throws ConcurrentModificationException when the checkpoint is in the range; nothing is deleted
     */
    List<SchemaVersionErrorItem> delete(Handle handle, SchemaRecord schema, Range range) {
        Long checkpoint = schema.checkpoint();
        if (checkpoint != null && checkpoint >= range.first() && checkpoint <= range.last()) {
            throw ConcurrentModificationException.builder()
                    .message("Version " + checkpoint + " is the checkpoint of schema " + schema.name()
                            + ", so nothing was deleted. Make another version the checkpoint by UpdateSchema first")
                    .build();
        }
        Set<Long> there = new HashSet<>(versions.numbers(handle, schema.id(), range.first(), range.last()));
        List<SchemaVersionErrorItem> errors = new ArrayList<>();
        // Beyond the numbers ever given one error stands for the rest: a range may span a hundred thousand.
        long last = Math.min(range.last(), Math.max(range.first(), schema.nextVersion()));
        for (long number = range.first(); number <= last; number++) {
            if (!there.contains(number)) {
                errors.add(error(
                        number, "EntityNotFoundException", "Schema version is not found. VersionNumber: " + number));
            } else if (number == FIRST) {
                errors.add(error(
                        number,
                        "InvalidInputException",
                        "The first version of a schema can only be deleted by DeleteSchema"));
            }
        }
        versions.delete(handle, schema.id(), range.first(), range.last(), FIRST);
        return errors;
    }

    private static SchemaVersionErrorItem error(long number, String code, String message) {
        return SchemaVersionErrorItem.builder()
                .versionNumber(number)
                .errorDetails(details -> details.errorCode(code).errorMessage(message))
                .build();
    }
}
