package dev.mastic.registry.api;

import dev.mastic.registry.store.MetadataStore;
import dev.mastic.registry.store.MetadataStore.Entry;
import dev.mastic.registry.store.Page;
import dev.mastic.registry.store.SchemaName;
import dev.mastic.registry.store.SchemaRecord;
import dev.mastic.registry.store.SchemaStore;
import dev.mastic.registry.store.VersionRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.MetadataInfo;
import software.amazon.awssdk.services.glue.model.MetadataKeyValuePair;
import software.amazon.awssdk.services.glue.model.OtherMetadataValueListItem;
import software.amazon.awssdk.services.glue.model.PutSchemaVersionMetadataRequest;
import software.amazon.awssdk.services.glue.model.PutSchemaVersionMetadataResponse;
import software.amazon.awssdk.services.glue.model.QuerySchemaVersionMetadataRequest;
import software.amazon.awssdk.services.glue.model.QuerySchemaVersionMetadataResponse;
import software.amazon.awssdk.services.glue.model.RemoveSchemaVersionMetadataRequest;
import software.amazon.awssdk.services.glue.model.RemoveSchemaVersionMetadataResponse;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations of the Glue API on the metadata of versions. Thread-safe. */
public final class MetadataOperations implements GlueClient {
    private static final int MOST_PAIRS = 10;
    private static final int LARGEST_PAGE = 50;

    private final Jdbi jdbi;
    private final Names names;
    private final MetadataStore metadata = new MetadataStore();
    private final SchemaStore schemas = new SchemaStore();

    MetadataOperations(Jdbi jdbi, Names names) {
        this.jdbi = jdbi;
        this.names = names;
    }

    @Override
    public PutSchemaVersionMetadataResponse putSchemaVersionMetadata(PutSchemaVersionMetadataRequest request) {
        Pair pair = Pair.of(request.metadataKeyValue());
        return jdbi.inTransaction(handle -> {
            VersionRecord version = VersionSelector.load(
                    handle, names, request.schemaVersionId(), request.schemaId(), request.schemaVersionNumber());
            if (!metadata.lock(handle, version.id())) {
                throw VersionSelector.notFound(version.id().toString());
            }
            if (metadata.exists(handle, version.id(), pair.key(), pair.value())) {
                throw AlreadyExistsException.builder()
                        .message("Resource already exist for schema version id: " + version.id() + ", metadata key: "
                                + pair.key() + ", metadata value: " + pair.value())
                        .build();
            }
            if (metadata.count(handle, version.id()) >= MOST_PAIRS) {
                throw ResourceNumberLimitExceededException.builder()
                        .message("Your resource limits for Schema Version Metadata have been exceeded: a version has "
                                + MOST_PAIRS + " pairs at most")
                        .build();
            }
            metadata.insert(handle, version.id(), pair.key(), pair.value());
            return PutSchemaVersionMetadataResponse.builder()
                    .schemaArn(names.schemaArn(version.registry(), version.schema()))
                    .schemaName(version.schema())
                    .registryName(version.registry())
                    .schemaVersionId(version.id().toString())
                    .versionNumber(version.number())
                    .latestVersion(isLatest(handle, version))
                    .metadataKey(pair.key())
                    .metadataValue(pair.value())
                    .build();
        });
    }

    @Override
    public RemoveSchemaVersionMetadataResponse removeSchemaVersionMetadata(RemoveSchemaVersionMetadataRequest request) {
        Pair pair = Pair.of(request.metadataKeyValue());
        return jdbi.inTransaction(handle -> {
            VersionRecord version = VersionSelector.load(
                    handle, names, request.schemaVersionId(), request.schemaId(), request.schemaVersionNumber());
            if (!metadata.delete(handle, version.id(), pair.key(), pair.value())) {
                throw EntityNotFoundException.builder()
                        .message("Metadata is not found. SchemaVersionId: " + version.id() + ", metadata key: "
                                + pair.key() + ", metadata value: " + pair.value())
                        .build();
            }
            return RemoveSchemaVersionMetadataResponse.builder()
                    .schemaArn(names.schemaArn(version.registry(), version.schema()))
                    .schemaName(version.schema())
                    .registryName(version.registry())
                    .schemaVersionId(version.id().toString())
                    .versionNumber(version.number())
                    .latestVersion(isLatest(handle, version))
                    .metadataKey(pair.key())
                    .metadataValue(pair.value())
                    .build();
        });
    }

    @Override
    public QuerySchemaVersionMetadataResponse querySchemaVersionMetadata(QuerySchemaVersionMetadataRequest request) {
        int size = Page.size(request.maxResults(), LARGEST_PAGE);
        String after = Page.place(request.nextToken());
        return jdbi.inTransaction(handle -> {
            VersionRecord version = VersionSelector.load(
                    handle, names, request.schemaVersionId(), request.schemaId(), request.schemaVersionNumber());
            Map<String, List<Entry>> byKey = new LinkedHashMap<>();
            for (Entry entry : metadata.list(handle, version.id())) {
                if (matches(entry, request.metadataList()) && entry.key().compareTo(after) > 0) {
                    byKey.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry);
                }
            }
            Page<List<Entry>> page = Page.of(
                    List.copyOf(byKey.values()), size, entries -> entries.get(0).key());
            Map<String, MetadataInfo> answer = new LinkedHashMap<>();
            page.items().forEach(entries -> answer.put(entries.get(0).key(), info(entries)));
            return QuerySchemaVersionMetadataResponse.builder()
                    .schemaVersionId(version.id().toString())
                    .metadataInfoMap(answer)
                    .nextToken(page.nextToken())
                    .build();
        });
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing of its own: the connections are the caller's.
    }

    private record Pair(String key, String value) {
        static Pair of(@Nullable MetadataKeyValuePair pair) {
            MetadataKeyValuePair given = Invalid.required(pair, "MetadataKeyValue");
            String key = Invalid.required(given.metadataKey(), "MetadataKey");
            String value = Invalid.required(given.metadataValue(), "MetadataValue");
            Invalid.storable(key, "MetadataKey");
            Invalid.storable(value, "MetadataValue");
            return new Pair(key, value);
        }
    }

    /** Several pairs are alternatives; a pair without a key or a value matches any. */
    private static boolean matches(Entry entry, List<MetadataKeyValuePair> wanted) {
        return wanted.isEmpty()
                || wanted.stream()
                        .anyMatch(pair -> (pair.metadataKey() == null
                                        || pair.metadataKey().equals(entry.key()))
                                && (pair.metadataValue() == null
                                        || pair.metadataValue().equals(entry.value())));
    }

    /** The newest value stands for the key; the others are beside it. */
    private static MetadataInfo info(List<Entry> entries) {
        List<OtherMetadataValueListItem> others = entries.stream()
                .skip(1)
                .map(entry -> OtherMetadataValueListItem.builder()
                        .metadataValue(entry.value())
                        .createdTime(Times.text(entry.createdAt()))
                        .build())
                .toList();
        return MetadataInfo.builder()
                .metadataValue(entries.get(0).value())
                .createdTime(Times.text(entries.get(0).createdAt()))
                .otherMetadataValueList(others.isEmpty() ? null : others)
                .build();
    }

    private boolean isLatest(Handle handle, VersionRecord version) {
        SchemaRecord schema = schemas.load(handle, new SchemaName(version.registry(), version.schema()));
        Long latest = schema.latestVersion();
        return latest != null && latest == version.number();
    }
}
