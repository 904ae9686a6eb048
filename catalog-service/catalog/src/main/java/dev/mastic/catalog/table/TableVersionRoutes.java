package dev.mastic.catalog.table;

import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Names;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /api/v1/catalog/databases/{database}/tables/{table}/versions/{version}/restore}: makes an archived version of
 * a table its present one, as a new version; the one before is archived. The body may be {@code {"expectedVersionId":
 * "7"}}: then nothing happens unless that is the present version. Thread-safe.
 */
public final class TableVersionRoutes {
    private static final String EXPECTED = "expectedVersionId";

    private final TableUpdates updates;

    /** On one catalog. */
    public TableVersionRoutes(TableUpdates updates) {
        this.updates = updates;
    }

    /** The routes. */
    public List<RestRoute> routes() {
        return List.of(new RestRoute(
                "POST",
                "/api/v1/catalog/databases/{database}/tables/{table}/versions/{version}/restore",
                RestRoute.Access.SIGNED,
                this::restore));
    }

    private RestResponse restore(RestRequest request) {
        try {
            String database = Names.fold(request.path("database"), "Database");
            String name = Names.fold(request.path("table"), "Table");
            String version = request.path("version");
            long restored = updates.run(
                    database,
                    name,
                    expected(request),
                    false,
                    (store, present, before) -> archived(store, present, before, database + "." + name, version));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("database", database);
            answer.put("table", name);
            answer.put("restoredVersionId", version);
            answer.put("versionId", Long.toString(restored));
            return RestResponse.json(answer);
        } catch (GlueException e) {
            throw new RestException(status(e), e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
        }
    }

    private static Table archived(TableStore store, TableEntity present, Table before, String shown, String versionId) {
        if (versionId.equals(before.versionId())) {
            throw Errors.invalid(
                    "Version " + versionId + " is the present one of table " + shown + "; there is nothing to restore");
        }
        long version;
        try {
            version = Long.parseLong(versionId);
        } catch (NumberFormatException e) {
            throw Errors.invalid("VersionId '" + versionId + "' is not a number");
        }
        TableVersionEntity archived = store.findVersion(present, version).orElseThrow(() -> missing(shown, versionId));
        return TableStore.model(archived.definition(), archived.version());
    }

    private static EntityNotFoundException missing(String table, String version) {
        return Errors.missing("Version " + version + " of table " + table);
    }

    private static @Nullable String expected(RestRequest request) {
        if (request.body().length == 0) {
            return null;
        }
        Map<String, Object> body = Json.readObject(request.body());
        if (!Set.of(EXPECTED).containsAll(body.keySet())) {
            throw Errors.invalid("The body may have " + EXPECTED + " and nothing else, found " + body.keySet());
        }
        Object expected = body.get(EXPECTED);
        if (expected != null && !(expected instanceof String)) {
            throw Errors.invalid(EXPECTED + " must be a string, found " + expected);
        }
        return (String) expected;
    }

    private static int status(GlueException e) {
        if (e instanceof EntityNotFoundException) {
            return 404;
        }
        return e instanceof ConcurrentModificationException ? 409 : 400;
    }
}
