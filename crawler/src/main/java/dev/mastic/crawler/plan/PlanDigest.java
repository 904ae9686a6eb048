package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundPartition;
import dev.mastic.crawler.plan.PartitionChanges.Existing;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A short text that two plans for a table have in common when they write the same, times and ids of crawls aside, whatever
 * the order of maps and answers was.
 */
final class PlanDigest {
    private static final int LENGTH = 16;

    private PlanDigest() {}

    static String of(TableChange change) {
        List<String> parts = new ArrayList<>();
        parts.add(change.action().name());
        parts.add(change.before() == null ? "" : String.valueOf(change.before().versionId()));
        TableInput after = change.after();
        parts.add(after == null ? "" : canonical(GlueJson.write(after)));
        parts.add(partitions(change.partitions()));
        return hex(sha256(String.join("\n", parts)), LENGTH);
    }

    private static String canonical(String json) {
        return Json.text(sorted(Json.readObject(json.getBytes(StandardCharsets.UTF_8))));
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, member) -> {
                if (member != null && !name.equals(Marks.RUN_ID)) {
                    sorted.put(String.valueOf(name), name.equals(Marks.DEPRECATED) ? "" : sorted(member));
                }
            });
            return sorted;
        } else if (value instanceof List<?> list) {
            return list.stream().map(PlanDigest::sorted).toList();
        }
        return value;
    }

    /** A sum, because catalogs answer partitions in any order. */
    private static String partitions(PartitionChanges changes) {
        long sum = 0;
        for (FoundPartition created : changes.created()) {
            sum += hash("+" + created);
        }
        for (Existing updated : changes.updated()) {
            sum += hash("~" + updated.values() + updated.location() + new TreeMap<>(updated.parameters()));
        }
        for (Existing deprecated : changes.deprecated()) {
            sum += hash("?" + deprecated.values());
        }
        for (List<String> deleted : changes.deleted()) {
            sum += hash("-" + deleted);
        }
        return Long.toHexString(sum);
    }

    private static long hash(String text) {
        byte[] hash = sha256(text);
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (hash[i] & 0xff);
        }
        return value;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String hex(byte[] hash, int length) {
        return HexFormat.of().formatHex(hash).substring(0, length);
    }
}
