package dev.mastic.registry.api;

import dev.mastic.registry.api.Formats.Definition;
import dev.mastic.registry.api.Registration.Registered;
import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.compat.JsonPatch;
import dev.mastic.registry.store.Page;
import dev.mastic.registry.store.RegistryStore;
import dev.mastic.registry.store.SchemaName;
import dev.mastic.registry.store.SchemaRecord;
import dev.mastic.registry.store.SchemaStore;
import dev.mastic.registry.store.VersionRecord;
import dev.mastic.registry.store.VersionStore;
import dev.mastic.wire.rest.Json;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CheckSchemaVersionValidityRequest;
import software.amazon.awssdk.services.glue.model.CheckSchemaVersionValidityResponse;
import software.amazon.awssdk.services.glue.model.DataFormat;
import software.amazon.awssdk.services.glue.model.DeleteSchemaVersionsRequest;
import software.amazon.awssdk.services.glue.model.DeleteSchemaVersionsResponse;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetSchemaByDefinitionRequest;
import software.amazon.awssdk.services.glue.model.GetSchemaByDefinitionResponse;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionRequest;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionsDiffRequest;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionsDiffResponse;
import software.amazon.awssdk.services.glue.model.ListSchemaVersionsRequest;
import software.amazon.awssdk.services.glue.model.ListSchemaVersionsResponse;
import software.amazon.awssdk.services.glue.model.RegisterSchemaVersionRequest;
import software.amazon.awssdk.services.glue.model.RegisterSchemaVersionResponse;
import software.amazon.awssdk.services.glue.model.SchemaDiffType;
import software.amazon.awssdk.services.glue.model.SchemaId;
import software.amazon.awssdk.services.glue.model.SchemaVersionListItem;

import java.util.List;

/** The operations of the Glue API on versions of schemas. Thread-safe. */
public final class VersionOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;
    private static final int LONGEST_ERROR = 5000;

    private final Jdbi jdbi;
    private final Names names;
    private final Formats formats;
    private final Registration registration;
    private final VersionDeletion deletion = new VersionDeletion();
    private final SchemaStore schemas = new SchemaStore();
    private final VersionStore versions = new VersionStore();

    VersionOperations(Jdbi jdbi, Names names, Formats formats, Registration registration) {
        this.jdbi = jdbi;
        this.names = names;
        this.formats = formats;
        this.registration = registration;
    }

    @Override
    public RegisterSchemaVersionResponse registerSchemaVersion(RegisterSchemaVersionRequest request) {
        SchemaName name = names.schema(request.schemaId());
        String text = Invalid.required(request.schemaDefinition(), "SchemaDefinition");
        DataFormat format =
                jdbi.withHandle(handle -> schemas.load(handle, name)).dataFormat();
        Definition<?> definition = formats.require(format, text);
        Registered registered = jdbi.inTransaction(handle -> {
            SchemaRecord schema = registration.lock(handle, name);
            // Somebody may have made the schema anew, in another format, since it was looked at.
            Definition<?> current =
                    schema.dataFormat() == format ? definition : formats.require(schema.dataFormat(), text);
            return registration.register(handle, schema, text, current);
        });
        return RegisterSchemaVersionResponse.builder()
                .schemaVersionId(registered.id().toString())
                .versionNumber(registered.number())
                .status(registered.status())
                .build();
    }

    @Override
    public GetSchemaVersionResponse getSchemaVersion(GetSchemaVersionRequest request) {
        VersionRecord version = jdbi.withHandle(handle -> VersionSelector.load(
                handle, names, request.schemaVersionId(), request.schemaId(), request.schemaVersionNumber()));
        return GetSchemaVersionResponse.builder()
                .schemaVersionId(version.id().toString())
                .schemaDefinition(version.definition())
                .dataFormat(version.dataFormat())
                .schemaArn(names.schemaArn(version.registry(), version.schema()))
                .versionNumber(version.number())
                .status(version.status())
                .createdTime(Times.text(version.createdAt()))
                .build();
    }

    @Override
    public GetSchemaByDefinitionResponse getSchemaByDefinition(GetSchemaByDefinitionRequest request) {
        SchemaId id = Invalid.required(request.schemaId(), "SchemaId");
        boolean inDefault = id.schemaName() != null && id.registryName() == null && id.schemaArn() == null;
        SchemaName name = inDefault ? new SchemaName(RegistryStore.DEFAULT, id.schemaName()) : names.schema(id);
        String text = Invalid.required(request.schemaDefinition(), "SchemaDefinition");
        VersionRecord version = jdbi.withHandle(handle -> {
            SchemaRecord schema = schemas.load(handle, name);
            Definition<?> definition = formats.require(schema.dataFormat(), text);
            return versions.findByDefinition(handle, schema.id(), definition.canonical())
                    .orElseThrow(() -> noSuchDefinition(name));
        });
        return GetSchemaByDefinitionResponse.builder()
                .schemaVersionId(version.id().toString())
                .schemaArn(names.schemaArn(name))
                .dataFormat(version.dataFormat())
                .status(version.status())
                .createdTime(Times.text(version.createdAt()))
                .build();
    }

    @Override
    public ListSchemaVersionsResponse listSchemaVersions(ListSchemaVersionsRequest request) {
        SchemaName name = names.schema(request.schemaId());
        int size = Page.size(request.maxResults(), LARGEST_PAGE);
        long after = Page.number(request.nextToken());
        List<VersionRecord> found = jdbi.withHandle(
                handle -> versions.list(handle, schemas.load(handle, name).id(), after, size + 1));
        Page<VersionRecord> page = Page.of(found, size, version -> Long.toString(version.number()));
        return ListSchemaVersionsResponse.builder()
                .schemas(page.items().stream()
                        .map(version -> SchemaVersionListItem.builder()
                                .schemaArn(names.schemaArn(name))
                                .schemaVersionId(version.id().toString())
                                .versionNumber(version.number())
                                .status(version.status())
                                .createdTime(Times.text(version.createdAt()))
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public DeleteSchemaVersionsResponse deleteSchemaVersions(DeleteSchemaVersionsRequest request) {
        SchemaName name = names.schema(request.schemaId());
        VersionDeletion.Range range = VersionDeletion.Range.parse(Invalid.required(request.versions(), "Versions"));
        return jdbi.inTransaction(handle -> DeleteSchemaVersionsResponse.builder()
                .schemaVersionErrors(deletion.delete(handle, schemas.lock(handle, name), range))
                .build());
    }

    @Override
    public GetSchemaVersionsDiffResponse getSchemaVersionsDiff(GetSchemaVersionsDiffRequest request) {
        SchemaName name = names.schema(request.schemaId());
        if (request.schemaDiffType() != SchemaDiffType.SYNTAX_DIFF) {
            throw Invalid.input("SchemaDiffType must be SYNTAX_DIFF");
        }
        VersionSelector first = VersionSelector.of(request.firstSchemaVersionNumber());
        VersionSelector second = VersionSelector.of(request.secondSchemaVersionNumber());
        String diff = jdbi.withHandle(handle -> {
            SchemaRecord schema = schemas.load(handle, name);
            Object before = document(first.load(handle, versions, schema));
            Object after = document(second.load(handle, versions, schema));
            return Json.text(JsonPatch.between(before, after));
        });
        return GetSchemaVersionsDiffResponse.builder().diff(diff).build();
    }

    @Override
    public CheckSchemaVersionValidityResponse checkSchemaVersionValidity(CheckSchemaVersionValidityRequest request) {
        DataFormat format = Invalid.required(request.dataFormat(), "DataFormat");
        String text = Invalid.required(request.schemaDefinition(), "SchemaDefinition");
        try {
            formats.parse(format, text);
            return CheckSchemaVersionValidityResponse.builder().valid(true).build();
        } catch (InvalidDefinitionException e) {
            String error = String.valueOf(e.getMessage());
            return CheckSchemaVersionValidityResponse.builder()
                    .valid(false)
                    .error(error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR))
                    .build();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing of its own: the connections are the caller's.
    }

    /** AWS's serializers look for the first sentence, and register the definition. */
    private static EntityNotFoundException noSuchDefinition(SchemaName name) {
        return EntityNotFoundException.builder()
                .message("Schema version is not found. RegistryName: " + name.registry() + ", SchemaName: "
                        + name.schema() + ": no version has this definition")
                .build();
    }

    private Object document(VersionRecord version) {
        return formats.require(version.dataFormat(), version.definition()).document();
    }
}
