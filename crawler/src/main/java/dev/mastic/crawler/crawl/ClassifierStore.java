package dev.mastic.crawler.crawl;

import dev.mastic.wire.GlueJson;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Classifier;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Definitions of classifiers in PostgreSQL. Thread-safe. */
final class ClassifierStore {
    private static final String COLUMNS =
            "select name, definition, version, created_at, updated_at from crawler.classifier";

    private final Jdbi jdbi;

    ClassifierStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @throws AlreadyExistsException when there is a classifier of that name, of whatever kind */
    void create(String name, Classifier classifier) {
        int inserted = jdbi.withHandle(handle -> handle.createUpdate("insert into crawler.classifier (name, definition)"
                        + " values (:name, cast(:definition as json)) on conflict (name) do nothing")
                .bind("name", name)
                .bind("definition", GlueJson.write(classifier))
                .execute());
        if (inserted == 0) {
            throw AlreadyExistsException.builder()
                    .message("Classifier " + name + " already exists")
                    .build();
        }
    }

    /** @throws EntityNotFoundException when there is no such classifier */
    Classifier load(String name) {
        return loadAll(List.of(name)).get(0);
    }

    /**
     * Some classifiers, in the order of their names.
     *
     * @throws EntityNotFoundException naming one that is not there
     */
    List<Classifier> loadAll(List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        Map<String, Classifier> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(COLUMNS + " where name = any(:names)")
                .bindArray("names", String.class, names)
                .map((row, context) -> Map.entry(row.getString("name"), classifier(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue())));
        List<Classifier> ordered = new ArrayList<>();
        for (String name : names) {
            Classifier classifier = found.get(name);
            if (classifier == null) {
                throw notFound(name);
            }
            ordered.add(classifier);
        }
        return ordered;
    }

    /** @throws InvalidInputException naming one that is not there */
    void requireAll(List<String> names) {
        try {
            loadAll(names);
        } catch (EntityNotFoundException e) {
            throw InvalidInputException.builder()
                    .message(
                            e.awsErrorDetails() == null
                                    ? e.getMessage()
                                    : e.awsErrorDetails().errorMessage())
                    .cause(e)
                    .build();
        }
    }

    /** Names and classifiers, ordered by name, beyond a name. */
    List<Named> list(String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS + " where name collate \"C\" > :after order by name collate \"C\" limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Named(row.getString("name"), classifier(row)))
                .list());
    }

    /** A classifier with its name, which the model has in one of four members. */
    record Named(String name, Classifier classifier) {}

    /**
     * Changes a definition.
     *
     * @throws EntityNotFoundException when there is no such classifier
     */
    void update(String name, UnaryOperator<Classifier> change) {
        jdbi.useTransaction(handle -> {
            Classifier before = handle.createQuery(
                            "select definition from crawler.classifier where name = :name for update")
                    .bind("name", name)
                    .mapTo(String.class)
                    .findOne()
                    .map(json -> GlueJson.read(json, Classifier.class))
                    .orElseThrow(() -> notFound(name));
            handle.createUpdate("update crawler.classifier set definition = cast(:definition as json),"
                            + " version = version + 1, updated_at = now() where name = :name")
                    .bind("name", name)
                    .bind("definition", GlueJson.write(change.apply(before)))
                    .execute();
        });
    }

    /** @throws EntityNotFoundException when there is no such classifier */
    void delete(String name) {
        int deleted = jdbi.withHandle(handle -> handle.createUpdate("delete from crawler.classifier where name = :name")
                .bind("name", name)
                .execute());
        if (deleted == 0) {
            throw notFound(name);
        }
    }

    static String message(EntityNotFoundException e) {
        return String.valueOf(
                e.awsErrorDetails() == null
                        ? e.getMessage()
                        : e.awsErrorDetails().errorMessage());
    }

    private static EntityNotFoundException notFound(String name) {
        return EntityNotFoundException.builder()
                .message("Classifier " + name + " not found; create it by CreateClassifier, or take its name out of the"
                        + " crawler's Classifiers")
                .build();
    }

    private static Classifier classifier(ResultSet row) throws SQLException {
        Classifier stored = GlueJson.read(row.getString("definition"), Classifier.class);
        long version = row.getLong("version");
        Instant created = row.getTimestamp("created_at").toInstant();
        Instant updated = row.getTimestamp("updated_at").toInstant();
        Classifier.Builder classifier = stored.toBuilder();
        if (stored.grokClassifier() != null) {
            classifier.grokClassifier(stored.grokClassifier().toBuilder()
                    .version(version)
                    .creationTime(created)
                    .lastUpdated(updated)
                    .build());
        } else if (stored.csvClassifier() != null) {
            classifier.csvClassifier(stored.csvClassifier().toBuilder()
                    .version(version)
                    .creationTime(created)
                    .lastUpdated(updated)
                    .build());
        } else if (stored.jsonClassifier() != null) {
            classifier.jsonClassifier(stored.jsonClassifier().toBuilder()
                    .version(version)
                    .creationTime(created)
                    .lastUpdated(updated)
                    .build());
        } else {
            classifier.xmlClassifier(stored.xmlClassifier().toBuilder()
                    .version(version)
                    .creationTime(created)
                    .lastUpdated(updated)
                    .build());
        }
        return classifier.build();
    }
}
