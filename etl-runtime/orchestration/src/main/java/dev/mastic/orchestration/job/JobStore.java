package dev.mastic.orchestration.job;

import dev.mastic.orchestration.paging.Page;
import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Job definitions in PostgreSQL. Every operation runs on the caller's handle. Stateless and thread-safe. */
public final class JobStore {
    private static final RowMapper<Job> JOB = (row, context) -> GlueJson.read(row.getString("definition"), Job.class);

    /** Stores a job unless one of that name exists; tells whether it was stored. */
    boolean insert(Handle handle, Job job, String tags) {
        return handle.createUpdate("INSERT INTO orchestration.job (name, definition, tags) "
                                + "VALUES (:name, :definition::json, :tags::jsonb) ON CONFLICT DO NOTHING")
                        .bind("name", job.name())
                        .bind("definition", GlueJson.write(job))
                        .bind("tags", tags)
                        .execute()
                == 1;
    }

    void replace(Handle handle, Job job) {
        handle.createUpdate("UPDATE orchestration.job SET definition = :definition::json WHERE name = :name")
                .bind("name", job.name())
                .bind("definition", GlueJson.write(job))
                .execute();
    }

    void delete(Handle handle, String name) {
        handle.createUpdate("DELETE FROM orchestration.job WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    public Optional<Job> find(Handle handle, String name) {
        return handle.createQuery("SELECT definition FROM orchestration.job WHERE name = :name")
                .bind("name", name)
                .map(JOB)
                .findOne();
    }

    /**
     * The job of that name.
     *
     * @throws EntityNotFoundException when there is none
     */
    public Job load(Handle handle, String name) {
        return find(handle, name).orElseThrow(() -> notFound(name));
    }

    /** The job, locked until the transaction ends: whoever starts a run holds it, so that runs are counted right. */
    public Optional<Job> lock(Handle handle, String name) {
        return handle.createQuery("SELECT definition FROM orchestration.job WHERE name = :name FOR UPDATE")
                .bind("name", name)
                .map(JOB)
                .findOne();
    }

    /** As {@link #lock}, but empty also when somebody else holds the job: for those that hold runs of it already. */
    public Optional<Job> lockIfFree(Handle handle, String name) {
        return handle.createQuery("SELECT definition FROM orchestration.job WHERE name = :name FOR UPDATE SKIP LOCKED")
                .bind("name", name)
                .map(JOB)
                .findOne();
    }

    /** The jobs of those names that exist. */
    List<Job> findAll(Handle handle, List<String> names) {
        handle.registerArrayType(String.class, "text");
        return handle.createQuery("SELECT definition FROM orchestration.job WHERE name = ANY (:names) ORDER BY name")
                .bindArray("names", String.class, names)
                .map(JOB)
                .list();
    }

    /** Jobs by name; those alone that have all the tags. */
    Page<Job> list(Handle handle, Map<String, String> tags, @Nullable Integer maxResults, @Nullable String token) {
        int size = Page.size(maxResults);
        List<Job> jobs = handle.createQuery("SELECT definition FROM orchestration.job WHERE name > :after "
                        + "AND tags @> :tags::jsonb ORDER BY name LIMIT :limit")
                .bind("after", Page.place(token))
                .bind("tags", Json.text(tags))
                .bind("limit", size + 1)
                .map(JOB)
                .list();
        return Page.of(jobs, size, Job::name);
    }

    /** The error for a job that does not exist. */
    public static EntityNotFoundException notFound(String name) {
        return EntityNotFoundException.builder()
                .message("Job " + name + " not found")
                .build();
    }
}
