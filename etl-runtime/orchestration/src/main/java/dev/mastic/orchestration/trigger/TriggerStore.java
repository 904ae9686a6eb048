package dev.mastic.orchestration.trigger;

import dev.mastic.orchestration.paging.Page;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Trigger;
import software.amazon.awssdk.services.glue.model.TriggerState;
import software.amazon.awssdk.services.glue.model.TriggerType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Triggers in PostgreSQL. Every operation runs on the caller's handle. Stateless and thread-safe. */
final class TriggerStore {
    private static final RowMapper<Trigger> TRIGGER =
            (row, context) -> GlueJson.read(row.getString("definition"), Trigger.class);

    /** Stores a trigger unless one of that name exists; tells whether it was stored. */
    boolean insert(Handle handle, Trigger trigger, String tags) {
        boolean inserted = handle.createUpdate("INSERT INTO orchestration.trigger (name, type, definition, tags) "
                                + "VALUES (:name, :type, :definition::json, :tags::jsonb) ON CONFLICT DO NOTHING")
                        .bind("name", trigger.name())
                        .bind("type", trigger.typeAsString())
                        .bind("definition", GlueJson.write(trigger))
                        .bind("tags", tags)
                        .execute()
                == 1;
        if (inserted) {
            putFilter(handle, trigger);
        }
        return inserted;
    }

    void replace(Handle handle, Trigger trigger) {
        handle.createUpdate("UPDATE orchestration.trigger SET definition = :definition::json WHERE name = :name")
                .bind("name", trigger.name())
                .bind("definition", GlueJson.write(trigger))
                .execute();
        putFilter(handle, trigger);
    }

    private static void putFilter(Handle handle, Trigger trigger) {
        if (trigger.type() != TriggerType.EVENT) {
            return;
        }
        EventFilter filter =
                EventFilter.of(trigger.name(), trigger.actions().get(0).arguments());
        handle.createUpdate("INSERT INTO orchestration.event_filter (trigger_name, bucket, prefix, suffix, active) "
                        + "VALUES (:name, :bucket, :prefix, :suffix, :active) ON CONFLICT (trigger_name) DO UPDATE SET "
                        + "bucket = :bucket, prefix = :prefix, suffix = :suffix, active = :active")
                .bind("name", trigger.name())
                .bind("bucket", filter.bucket())
                .bind("prefix", filter.prefix())
                .bind("suffix", filter.suffix())
                .bind("active", trigger.state() == TriggerState.ACTIVATED)
                .execute();
    }

    void delete(Handle handle, String name) {
        handle.createUpdate("DELETE FROM orchestration.trigger WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    Optional<Trigger> find(Handle handle, String name) {
        return handle.createQuery("SELECT definition FROM orchestration.trigger WHERE name = :name")
                .bind("name", name)
                .map(TRIGGER)
                .findOne();
    }

    /** The trigger, locked until the transaction ends. */
    Optional<Trigger> lock(Handle handle, String name) {
        return handle.createQuery("SELECT definition FROM orchestration.trigger WHERE name = :name FOR UPDATE")
                .bind("name", name)
                .map(TRIGGER)
                .findOne();
    }

    /** Names of the triggers for which events wait that may be taken now. */
    List<String> withWaitingEvents(Handle handle) {
        return handle.createQuery("SELECT f.trigger_name FROM orchestration.event_filter f WHERE f.active AND EXISTS "
                        + "(SELECT 1 FROM orchestration.delivery d WHERE d.trigger_name = f.trigger_name "
                        + "AND d.state = 'PENDING' AND d.not_before <= clock_timestamp()) ORDER BY 1")
                .mapTo(String.class)
                .list();
    }

    List<Trigger> findAll(Handle handle, List<String> names) {
        handle.registerArrayType(String.class, "text");
        return handle.createQuery(
                        "SELECT definition FROM orchestration.trigger WHERE name = ANY (:names) ORDER BY name")
                .bindArray("names", String.class, names)
                .map(TRIGGER)
                .list();
    }

    /** Triggers by name; those alone that have all the tags and, when a job is named, start it. */
    Page<Trigger> list(
            Handle handle,
            @Nullable String jobName,
            Map<String, String> tags,
            @Nullable Integer maxResults,
            @Nullable String token) {
        int size = Page.size(maxResults);
        List<Trigger> triggers = handle.createQuery("SELECT definition FROM orchestration.trigger WHERE name > :after "
                        + "AND tags @> :tags::jsonb AND (:job::text IS NULL OR EXISTS (SELECT 1 FROM json_array_elements(definition -> 'Actions') a "
                        + "WHERE a ->> 'JobName' = :job)) ORDER BY name LIMIT :limit")
                .bind("after", Page.place(token))
                .bind("job", jobName)
                .bind("tags", Json.text(tags))
                .bind("limit", size + 1)
                .map(TRIGGER)
                .list();
        return Page.of(triggers, size, Trigger::name);
    }

    static EntityNotFoundException notFound(String name) {
        return EntityNotFoundException.builder()
                .message("Trigger " + name + " not found")
                .build();
    }
}
