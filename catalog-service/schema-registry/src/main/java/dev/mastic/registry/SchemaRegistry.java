package dev.mastic.registry;

import dev.mastic.registry.api.Formats;
import dev.mastic.registry.api.RegistryApi;
import dev.mastic.registry.avro.AvroFormat;
import dev.mastic.registry.json.JsonFormat;
import dev.mastic.registry.protobuf.ProtobufFormat;
import dev.mastic.wire.rest.RestRoute;
import dev.mastic.wire.tag.TaggedResources;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.DataFormat;

import javax.sql.DataSource;
import java.util.List;
import java.util.Map;

/** The Schema Registry of one account and region. Thread-safe; holds nothing that has to be closed. */
public final class SchemaRegistry {
    private final RegistryApi api;

    private SchemaRegistry(RegistryApi api) {
        this.api = api;
    }

    /**
     * Brings the schema {@code registry} up to date and opens the registry. Several servers may do so on one database.
     *
     * @param dataSource a pool of connections; stays the caller's
     * @param region of the ARNs
     * @param account of the ARNs
     */
    public static SchemaRegistry open(DataSource dataSource, String region, String account, RegistryLimits limits) {
        RegistrySchema.migrate(dataSource);
        Formats formats = new Formats(Map.of(
                DataFormat.AVRO, new AvroFormat(),
                DataFormat.JSON, new JsonFormat(),
                DataFormat.PROTOBUF, new ProtobufFormat()));
        return new SchemaRegistry(new RegistryApi(dataSource, region, account, formats, limits));
    }

    /** The implementation of the Glue API's operations on registries, schemas, versions and their metadata. */
    public List<GlueClient> operations() {
        return api.operations();
    }

    /** Tags of registries and schemas. */
    public List<TaggedResources> taggedResources() {
        return api.taggedResources();
    }

    /** The routes of the REST API. */
    public List<RestRoute> routes() {
        return api.routes();
    }
}
