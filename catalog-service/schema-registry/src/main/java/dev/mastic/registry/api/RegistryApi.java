package dev.mastic.registry.api;

import dev.mastic.registry.RegistryLimits;
import dev.mastic.wire.rest.RestRoute;
import dev.mastic.wire.tag.TagColumn;
import dev.mastic.wire.tag.TaggedResources;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.GlueClient;

import javax.sql.DataSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the registry answers: the Glue API's operations and the REST API's routes. Thread-safe. */
public final class RegistryApi {
    private final List<GlueClient> operations;
    private final List<RestRoute> routes;
    private final List<TaggedResources> taggedResources;

    /**
     * @param region of the ARNs
     * @param account of the ARNs
     */
    public RegistryApi(DataSource dataSource, String region, String account, Formats formats, RegistryLimits limits) {
        Jdbi jdbi = Jdbi.create(dataSource);
        Names names = new Names(region, account);
        Registration registration = new Registration(limits);
        this.operations = List.of(
                new RegistryOperations(jdbi, names, limits),
                new SchemaOperations(jdbi, names, formats, registration),
                new VersionOperations(jdbi, names, formats, registration),
                new MetadataOperations(jdbi, names));
        this.routes = new RegistryRoutes(jdbi, names).routes();
        this.taggedResources = List.of(
                TagColumn.named(dataSource, "registry", "registry.registry", UnaryOperator.identity()),
                TagColumn.keyed(
                        dataSource,
                        "schema",
                        "registry.schema",
                        "t.registry = (select r.id from registry.registry r where r.name = ?) and t.name = ?",
                        RegistryApi::registryAndSchema));
    }

    private static Optional<List<String>> registryAndSchema(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(List.of(name.substring(0, slash), name.substring(slash + 1)));
    }

    /** Tags of registries and schemas. */
    public List<TaggedResources> taggedResources() {
        return taggedResources;
    }

    /** The implementation of the Glue API's operations. */
    public List<GlueClient> operations() {
        return operations;
    }

    /** The routes of the REST API. */
    public List<RestRoute> routes() {
        return routes;
    }
}
