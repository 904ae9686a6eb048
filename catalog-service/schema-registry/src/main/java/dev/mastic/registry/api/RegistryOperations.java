package dev.mastic.registry.api;

import dev.mastic.registry.RegistryLimits;
import dev.mastic.registry.store.Page;
import dev.mastic.registry.store.RegistryRecord;
import dev.mastic.registry.store.RegistryStore;
import dev.mastic.wire.tag.Tags;
import org.jdbi.v3.core.Jdbi;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.CreateRegistryRequest;
import software.amazon.awssdk.services.glue.model.CreateRegistryResponse;
import software.amazon.awssdk.services.glue.model.DeleteRegistryRequest;
import software.amazon.awssdk.services.glue.model.DeleteRegistryResponse;
import software.amazon.awssdk.services.glue.model.GetRegistryRequest;
import software.amazon.awssdk.services.glue.model.GetRegistryResponse;
import software.amazon.awssdk.services.glue.model.ListRegistriesRequest;
import software.amazon.awssdk.services.glue.model.ListRegistriesResponse;
import software.amazon.awssdk.services.glue.model.RegistryListItem;
import software.amazon.awssdk.services.glue.model.RegistryStatus;
import software.amazon.awssdk.services.glue.model.ResourceNumberLimitExceededException;
import software.amazon.awssdk.services.glue.model.UpdateRegistryRequest;
import software.amazon.awssdk.services.glue.model.UpdateRegistryResponse;

import java.util.List;

/** The operations of the Glue API on registries. Thread-safe. */
public final class RegistryOperations implements GlueClient {
    private static final int LARGEST_PAGE = 100;

    private final Jdbi jdbi;
    private final Names names;
    private final RegistryLimits limits;
    private final RegistryStore registries = new RegistryStore();

    RegistryOperations(Jdbi jdbi, Names names, RegistryLimits limits) {
        this.jdbi = jdbi;
        this.names = names;
        this.limits = limits;
    }

    @Override
    public CreateRegistryResponse createRegistry(CreateRegistryRequest request) {
        String name = Invalid.required(request.registryName(), "RegistryName");
        Invalid.storable(request.description(), "Description");
        String tags = Tags.column(request.tags());
        jdbi.useTransaction(handle -> {
            registries.lockCount(handle);
            registries.insert(handle, name, request.description(), tags);
            if (registries.count(handle) > limits.registries()) {
                throw ResourceNumberLimitExceededException.builder()
                        .message("More registries cannot be created. The maximum limit has been reached: "
                                + limits.registries() + ". The setting registry.max-registries raises it")
                        .build();
            }
        });
        return CreateRegistryResponse.builder()
                .registryName(name)
                .registryArn(names.registryArn(name))
                .description(request.description())
                .tags(request.hasTags() ? request.tags() : null)
                .build();
    }

    @Override
    public GetRegistryResponse getRegistry(GetRegistryRequest request) {
        String name = names.requiredRegistry(request.registryId());
        RegistryRecord registry = jdbi.withHandle(handle -> registries.load(handle, name));
        return GetRegistryResponse.builder()
                .registryName(registry.name())
                .registryArn(names.registryArn(registry.name()))
                .description(registry.description())
                .status(RegistryStatus.AVAILABLE)
                .createdTime(Times.text(registry.createdAt()))
                .updatedTime(Times.text(registry.updatedAt()))
                .build();
    }

    @Override
    public ListRegistriesResponse listRegistries(ListRegistriesRequest request) {
        int size = Page.size(request.maxResults(), LARGEST_PAGE);
        String after = Page.place(request.nextToken());
        List<RegistryRecord> found = jdbi.withHandle(handle -> registries.list(handle, after, size + 1));
        Page<RegistryRecord> page = Page.of(found, size, RegistryRecord::name);
        return ListRegistriesResponse.builder()
                .registries(page.items().stream().map(this::item).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public UpdateRegistryResponse updateRegistry(UpdateRegistryRequest request) {
        String name = names.requiredRegistry(request.registryId());
        String description = Invalid.required(request.description(), "Description");
        Invalid.storable(description, "Description");
        jdbi.useHandle(handle -> registries.update(handle, name, description));
        return UpdateRegistryResponse.builder()
                .registryName(name)
                .registryArn(names.registryArn(name))
                .build();
    }

    @Override
    public DeleteRegistryResponse deleteRegistry(DeleteRegistryRequest request) {
        String name = names.requiredRegistry(request.registryId());
        jdbi.useTransaction(handle -> registries.delete(handle, name));
        return DeleteRegistryResponse.builder()
                .registryName(name)
                .registryArn(names.registryArn(name))
                .status(RegistryStatus.DELETING)
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

    private RegistryListItem item(RegistryRecord registry) {
        return RegistryListItem.builder()
                .registryName(registry.name())
                .registryArn(names.registryArn(registry.name()))
                .description(registry.description())
                .status(RegistryStatus.AVAILABLE)
                .createdTime(Times.text(registry.createdAt()))
                .updatedTime(Times.text(registry.updatedAt()))
                .build();
    }
}
