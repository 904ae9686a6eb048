package dev.mastic.registry.api;

import dev.mastic.registry.store.VersionRecord;
import dev.mastic.registry.store.VersionStore;
import dev.mastic.wire.rest.RestException;
import dev.mastic.wire.rest.RestRequest;
import dev.mastic.wire.rest.RestResponse;
import dev.mastic.wire.rest.RestRoute;
import org.jdbi.v3.core.Jdbi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What Glue has no word for: why a version of a schema failed its check. Thread-safe. */
final class RegistryRoutes {
    private final Jdbi jdbi;
    private final Names names;
    private final VersionStore versions = new VersionStore();

    RegistryRoutes(Jdbi jdbi, Names names) {
        this.jdbi = jdbi;
        this.names = names;
    }

    List<RestRoute> routes() {
        return List.of(new RestRoute(
                "GET", "/api/v1/schema-versions/{schemaVersionId}", RestRoute.Access.SIGNED, this::version));
    }

    private RestResponse version(RestRequest request) {
        String id = request.path("schemaVersionId");
        VersionRecord version = find(id).orElseThrow(() ->
                new RestException(404, "SchemaVersionNotFound", "No version of a schema has the id " + id));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("schemaVersionId", version.id());
        answer.put("schemaArn", names.schemaArn(version.registry(), version.schema()));
        answer.put("versionNumber", version.number());
        answer.put("status", version.status().toString());
        String failure = version.failure();
        answer.put("reasons", failure == null ? List.of() : failure.lines().toList());
        return RestResponse.json(answer);
    }

    private Optional<VersionRecord> find(String id) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no id of a version has that form, so there is no such version
        }
        return jdbi.withHandle(handle -> versions.find(handle, uuid));
    }
}
