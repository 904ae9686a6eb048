package dev.mastic.registry.api;

import dev.mastic.registry.api.Formats.Definition;
import dev.mastic.registry.api.Registration.Registered;
import dev.mastic.registry.store.Page;
import dev.mastic.registry.store.RegistryRecord;
import dev.mastic.registry.store.RegistryStore;
import dev.mastic.registry.store.SchemaName;
import dev.mastic.registry.store.SchemaRecord;
import dev.mastic.registry.store.SchemaStore;
import dev.mastic.registry.store.VersionStore;
import dev.mastic.wire.tag.Tags;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Compatibility;
import software.amazon.awssdk.services.glue.model.CreateSchemaRequest;
import software.amazon.awssdk.services.glue.model.CreateSchemaResponse;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.DeleteSchemaRequest;
import software.amazon.awssdk.services.glue.model.DeleteSchemaResponse;
import software.amazon.awssdk.services.glue.model.GetSchemaRequest;
import software.amazon.awssdk.services.glue.model.GetSchemaResponse;
import software.amazon.awssdk.services.glue.model.ListSchemasRequest;
import software.amazon.awssdk.services.glue.model.ListSchemasResponse;
import software.amazon.awssdk.services.glue.model.SchemaListItem;
import software.amazon.awssdk.services.glue.model.SchemaStatus;
import software.amazon.awssdk.services.glue.model.UpdateSchemaRequest;
import software.amazon.awssdk.services.glue.model.UpdateSchemaResponse;

import java.util.List;

/** The operations of the Glue API on schemas. Thread-safe. */
public final class SchemaOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;

    private final Jdbi jdbi;
    private final Names names;
    private final Formats formats;
    private final Registration registration;
    private final RegistryStore registries = new RegistryStore();
    private final SchemaStore schemas = new SchemaStore();
    private final VersionStore versions = new VersionStore();

    SchemaOperations(Jdbi jdbi, Names names, Formats formats, Registration registration) {
        this.jdbi = jdbi;
        this.names = names;
        this.formats = formats;
        this.registration = registration;
    }

    @Override
    public CreateSchemaResponse createSchema(CreateSchemaRequest request) {
        SchemaName name = new SchemaName(
                names.registry(request.registryId()), Invalid.required(request.schemaName(), "SchemaName"));
        DataFormat format = Invalid.required(request.dataFormat(), "DataFormat");
        Compatibility compatibility = known(request.compatibility());
        Invalid.storable(request.description(), "Description");
        String tags = Tags.column(request.tags());
        String text = request.schemaDefinition();
        Definition<?> definition = text == null ? null : formats.require(format, text);
        return jdbi.inTransaction(handle -> {
            RegistryRecord registry = registry(handle, name.registry());
            schemas.insert(
                    handle,
                    registry,
                    name.schema(),
                    format,
                    compatibility == null ? Compatibility.BACKWARD : compatibility,
                    request.description(),
                    tags);
            Registered first = text == null || definition == null
                    ? null
                    : registration.register(handle, schemas.load(handle, name), text, definition);
            SchemaRecord schema = schemas.load(handle, name);
            return CreateSchemaResponse.builder()
                    .registryName(schema.registry())
                    .registryArn(names.registryArn(schema.registry()))
                    .schemaName(schema.name())
                    .schemaArn(names.schemaArn(name))
                    .description(schema.description())
                    .dataFormat(schema.dataFormat())
                    .compatibility(schema.compatibility())
                    .schemaCheckpoint(schema.checkpoint())
                    .latestSchemaVersion(schema.latestVersion())
                    .nextSchemaVersion(schema.nextVersion())
                    .schemaStatus(SchemaStatus.AVAILABLE)
                    .tags(request.hasTags() ? request.tags() : null)
                    .schemaVersionId(first == null ? null : first.id().toString())
                    .schemaVersionStatus(first == null ? null : first.status())
                    .build();
        });
    }

    @Override
    public GetSchemaResponse getSchema(GetSchemaRequest request) {
        SchemaName name = names.schema(request.schemaId());
        SchemaRecord schema = jdbi.withHandle(handle -> schemas.load(handle, name));
        return GetSchemaResponse.builder()
                .registryName(schema.registry())
                .registryArn(names.registryArn(schema.registry()))
                .schemaName(schema.name())
                .schemaArn(names.schemaArn(name))
                .description(schema.description())
                .dataFormat(schema.dataFormat())
                .compatibility(schema.compatibility())
                .schemaCheckpoint(schema.checkpoint())
                .latestSchemaVersion(schema.latestVersion())
                .nextSchemaVersion(schema.nextVersion())
                .schemaStatus(SchemaStatus.AVAILABLE)
                .createdTime(Times.text(schema.createdAt()))
                .updatedTime(Times.text(schema.updatedAt()))
                .build();
    }

    @Override
    public ListSchemasResponse listSchemas(ListSchemasRequest request) {
        int size = Page.size(request.maxResults(), LARGEST_PAGE);
        String place = Page.place(request.nextToken());
        int slash = place.indexOf('/'); // no name of a registry or schema has one
        String afterRegistry = slash < 0 ? place : place.substring(0, slash);
        String afterName = slash < 0 ? "" : place.substring(slash + 1);
        String registry = request.registryId() == null ? null : names.requiredRegistry(request.registryId());
        List<SchemaRecord> found = jdbi.withHandle(handle -> {
            if (registry != null) {
                registries.load(handle, registry);
            }
            return schemas.list(handle, registry, afterRegistry, afterName, size + 1);
        });
        Page<SchemaRecord> page = Page.of(found, size, schema -> schema.registry() + "/" + schema.name());
        return ListSchemasResponse.builder()
                .schemas(page.items().stream().map(this::item).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public UpdateSchemaResponse updateSchema(UpdateSchemaRequest request) {
        SchemaName name = names.schema(request.schemaId());
        Compatibility compatibility = known(request.compatibility());
        Invalid.storable(request.description(), "Description");
        boolean moves = request.schemaVersionNumber() != null;
        if (compatibility != null && !moves) {
            throw Invalid.input("SchemaVersionNumber is missing: a change of Compatibility also sets the checkpoint,"
                    + " the version from which on versions are compatible");
        }
        if (!moves && request.description() == null) {
            throw Invalid.input("Nothing to update: give Description, SchemaVersionNumber or Compatibility");
        }
        jdbi.useTransaction(handle -> {
            SchemaRecord schema = schemas.lock(handle, name);
            Long checkpoint = moves
                    ? Long.valueOf(VersionSelector.of(request.schemaVersionNumber())
                            .available(handle, versions, schema)
                            .number())
                    : schema.checkpoint();
            schemas.update(
                    handle,
                    schema.id(),
                    request.description(),
                    compatibility == null ? schema.compatibility() : compatibility,
                    checkpoint);
        });
        return UpdateSchemaResponse.builder()
                .registryName(name.registry())
                .schemaName(name.schema())
                .schemaArn(names.schemaArn(name))
                .build();
    }

    @Override
    public DeleteSchemaResponse deleteSchema(DeleteSchemaRequest request) {
        SchemaName name = names.schema(request.schemaId());
        jdbi.useTransaction(
                handle -> schemas.delete(handle, schemas.lock(handle, name).id()));
        return DeleteSchemaResponse.builder()
                .schemaName(name.schema())
                .schemaArn(names.schemaArn(name))
                .status(SchemaStatus.DELETING)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing of its own: the connections are the caller's.
    }

    private RegistryRecord registry(Handle handle, String name) {
        if (name.equals(RegistryStore.DEFAULT)) {
            registries.insertDefault(handle);
        }
        return registries.keep(handle, name);
    }

    private static @Nullable Compatibility known(@Nullable Compatibility compatibility) {
        if (compatibility == Compatibility.UNKNOWN_TO_SDK_VERSION) {
            throw Invalid.input("Compatibility is not valid. Use one of " + Compatibility.knownValues());
        }
        return compatibility;
    }

    private SchemaListItem item(SchemaRecord schema) {
        return SchemaListItem.builder()
                .registryName(schema.registry())
                .schemaName(schema.name())
                .schemaArn(names.schemaArn(schema.registry(), schema.name()))
                .description(schema.description())
                .schemaStatus(SchemaStatus.AVAILABLE)
                .createdTime(Times.text(schema.createdAt()))
                .updatedTime(Times.text(schema.updatedAt()))
                .build();
    }
}
