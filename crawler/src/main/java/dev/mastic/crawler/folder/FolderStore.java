package dev.mastic.crawler.folder;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Folders and what events said of them, in PostgreSQL: one row for a folder. Thread-safe. */
public final class FolderStore {
    private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);
    private static final long NO_FORM = 0;
    private static final int FETCH = 500;
    private static final int BATCH = 500;
    /** As many as Glue takes from a queue in one crawl. */
    private static final int MOST_TOUCHED = 100_000;

    private final Jdbi jdbi;

    public FolderStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Begins a run: forgets what was read under another definition of the crawler.
     *
     * @param definition all of the crawler's definition that decides what is read and how
     * @return whether all folders of the targets are known
     */
    public boolean open(String crawler, String definition) {
        return jdbi.inTransaction(handle -> {
            Optional<Boolean> complete = handle.createQuery("select complete from crawler.folder_state"
                            + " where crawler = :crawler and definition = :definition")
                    .bind("crawler", crawler)
                    .bind("definition", definition)
                    .mapTo(Boolean.class)
                    .findOne();
            if (complete.isEmpty()) {
                forget(handle, crawler);
                handle.createUpdate("insert into crawler.folder_state values (:crawler, :definition, false)")
                        .bind("crawler", crawler)
                        .bind("definition", definition)
                        .execute();
            }
            return complete.orElse(false);
        });
    }

    private static void forget(Handle handle, String crawler) {
        handle.createUpdate("delete from crawler.folder where crawler = :crawler")
                .bind("crawler", crawler)
                .execute();
        handle.createUpdate("delete from crawler.folder_state where crawler = :crawler")
                .bind("crawler", crawler)
                .execute();
    }

    /** Gives all folders of a target that are known, one after the other. */
    public void read(String crawler, String target, Consumer<KnownFolder> folders) {
        jdbi.useTransaction(handle -> handle.createQuery("select folder, fingerprint, objects, bytes, form, profiles,"
                        + " crawled from crawler.folder where crawler = :crawler and target = :target")
                .bind("crawler", crawler)
                .bind("target", target)
                .setFetchSize(FETCH)
                .map((row, context) -> new KnownFolder(
                        row.getString("folder"),
                        row.getLong("fingerprint"),
                        row.getLong("objects"),
                        row.getLong("bytes"),
                        row.getLong("form") == SamplesCodec.form() ? samples(row.getBytes("profiles")) : null,
                        row.getBoolean("crawled")))
                .forEach(folders));
    }

    private static @org.jspecify.annotations.Nullable FolderSamples samples(byte[] bytes) {
        try {
            return SamplesCodec.read(bytes);
        } catch (IllegalArgumentException e) {
            LOG.warn("Kept samples of a folder cannot be read and are read anew from the store", e);
            return null;
        }
    }

    /** Keeps what was read; whether a crawl has seen the folder stays as it is. */
    public void write(String crawler, String target, List<KnownFolder> folders) {
        for (int from = 0; from < folders.size(); from += BATCH) {
            List<KnownFolder> batch = folders.subList(from, Math.min(folders.size(), from + BATCH));
            jdbi.useTransaction(handle -> write(handle, crawler, target, batch));
        }
    }

    private static void write(Handle handle, String crawler, String target, List<KnownFolder> folders) {
        PreparedBatch batch = handle.prepareBatch("insert into crawler.folder values"
                + " (:crawler, :target, :folder, :fingerprint, :objects, :bytes, :form, :profiles, false)"
                + " on conflict (crawler, target, folder) do update set fingerprint = excluded.fingerprint,"
                + " objects = excluded.objects, bytes = excluded.bytes, form = excluded.form,"
                + " profiles = excluded.profiles");
        for (KnownFolder folder : folders) {
            FolderSamples samples = folder.samples();
            if (samples != null) {
                byte[] profiles = bytes(samples);
                batch.bind("crawler", crawler)
                        .bind("target", target)
                        .bind("folder", folder.folder())
                        .bind("fingerprint", folder.fingerprint())
                        .bind("objects", folder.objects())
                        .bind("bytes", folder.bytes())
                        .bind("form", profiles.length == 0 ? NO_FORM : SamplesCodec.form())
                        .bind("profiles", profiles)
                        .add();
            }
        }
        batch.execute();
    }

    /** Nothing when they have no form: the folder is then read anew by each crawl. */
    private static byte[] bytes(FolderSamples samples) {
        try {
            return SamplesCodec.write(samples);
        } catch (IllegalArgumentException e) {
            LOG.warn("Samples of a folder cannot be kept and will be read again by the next crawl", e);
            return new byte[0];
        }
    }

    /** Forgets folders that are gone. */
    public void delete(String crawler, String target, Collection<String> folders) {
        if (!folders.isEmpty()) {
            jdbi.useHandle(handle -> handle.createUpdate("delete from crawler.folder where crawler = :crawler"
                            + " and target = :target and folder = any(:folders)")
                    .bind("crawler", crawler)
                    .bind("target", target)
                    .bindArray("folders", String.class, new ArrayList<>(folders))
                    .execute());
        }
    }

    /** Ends a crawl that wrote all it found: all folders that are kept have been crawled. */
    public void complete(String crawler) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("update crawler.folder set crawled = true where crawler = :crawler and not crawled")
                    .bind("crawler", crawler)
                    .execute();
            handle.createUpdate(
                            "update crawler.folder_state set complete = true where crawler = :crawler and not complete")
                    .bind("crawler", crawler)
                    .execute();
        });
    }

    /** Folders that events named, as {@code s3://bucket/prefix/}, with the number of the last event of each. */
    public Map<String, Long> touched(String crawler) {
        return jdbi.withHandle(handle -> {
            Map<String, Long> touched = new LinkedHashMap<>();
            handle.createQuery("select folder, event from crawler.touched_folder where crawler = :crawler"
                            + " order by event limit :limit")
                    .bind("crawler", crawler)
                    .bind("limit", MOST_TOUCHED)
                    .map((row, context) -> Map.entry(row.getString("folder"), row.getLong("event")))
                    .forEach(entry -> touched.put(entry.getKey(), entry.getValue()));
            return touched;
        });
    }

    /**
     * Notes events for all crawlers that want them; when this returns they are durable.
     *
     * @param buckets by event
     * @param keys by event
     */
    public void touch(List<String> buckets, List<String> keys) {
        jdbi.useHandle(handle -> handle.createUpdate("insert into crawler.touched_folder (crawler, folder)"
                        + " select distinct t.crawler, 's3://' || e.bucket || '/' || coalesce(substring(e.key from '^(.*/)'), '')"
                        + " from unnest(:buckets, :keys) as e(bucket, key) join crawler.event_target t"
                        + " on t.bucket = e.bucket and starts_with(e.key, t.prefix) order by 1, 2"
                        + " on conflict (crawler, folder) do update set event = default")
                .bindArray("buckets", String.class, buckets)
                .bindArray("keys", String.class, keys)
                .execute());
    }

    /** Notes folders that events named for one crawler. */
    public void touch(String crawler, Collection<String> folders) {
        if (!folders.isEmpty()) {
            jdbi.useHandle(handle -> handle.createUpdate("insert into crawler.touched_folder (crawler, folder)"
                            + " select :crawler, folder from unnest(:folders) as f(folder) order by folder"
                            + " on conflict (crawler, folder) do update set event = default")
                    .bind("crawler", crawler)
                    .bindArray("folders", String.class, new ArrayList<>(folders))
                    .execute());
        }
    }

    /** Forgets events that a crawl has dealt with, but not those that came meanwhile. */
    public void dealtWith(String crawler, Map<String, Long> touched) {
        if (!touched.isEmpty()) {
            jdbi.useHandle(handle -> handle.createUpdate("delete from crawler.touched_folder t"
                            + " using unnest(:folders, :events) as d(folder, event)"
                            + " where t.crawler = :crawler and t.folder = d.folder and t.event <= d.event")
                    .bind("crawler", crawler)
                    .bindArray("folders", String.class, new ArrayList<>(touched.keySet()))
                    .bindArray("events", Long.class, new ArrayList<>(touched.values()))
                    .execute());
        }
    }
}
