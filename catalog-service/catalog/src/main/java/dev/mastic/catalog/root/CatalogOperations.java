package dev.mastic.catalog.root;

import dev.mastic.catalog.store.CatalogId;
import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.PageToken;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Catalog;
import software.amazon.awssdk.services.glue.model.GetCatalogRequest;
import software.amazon.awssdk.services.glue.model.GetCatalogResponse;
import software.amazon.awssdk.services.glue.model.GetCatalogsRequest;
import software.amazon.awssdk.services.glue.model.GetCatalogsResponse;

import java.util.List;

/** Glue's operations that show catalogs: a server has the account's default catalog and no other. Thread-safe. */
public final class CatalogOperations implements GlueClient {
    private static final int LARGEST_PAGE = 1000;

    private final CatalogId catalogId;
    private final String region;

    /** On one catalog in a region. */
    public CatalogOperations(CatalogId catalogId, String region) {
        this.catalogId = catalogId;
        this.region = region;
    }

    @Override
    public GetCatalogResponse getCatalog(GetCatalogRequest request) {
        if (request.catalogId() == null) {
            throw Errors.invalid("CatalogId is missing; this server has the catalog " + catalogId.value());
        }
        catalogId.check(request.catalogId());
        return GetCatalogResponse.builder().catalog(root()).build();
    }

    /**
     * The default catalog if {@code IncludeRoot} asks for it; nothing is below it, so {@code Recursive} finds nothing more.
     * It holds databases, so {@code HasDatabases} does not exclude it.
     */
    @Override
    public GetCatalogsResponse getCatalogs(GetCatalogsRequest request) {
        catalogId.check(request.parentCatalogId());
        PageToken.size(request.maxResults(), LARGEST_PAGE);
        if (PageToken.read(request.nextToken()) != null) {
            // One catalog never fills a page.
            throw PageToken.invalid();
        }
        List<Catalog> catalogs = Boolean.TRUE.equals(request.includeRoot()) ? List.of(root()) : List.of();
        return GetCatalogsResponse.builder().catalogList(catalogs).build();
    }

    private Catalog root() {
        return Catalog.builder()
                .catalogId(catalogId.value())
                .name(catalogId.value())
                .resourceArn("arn:aws:glue:" + region + ":" + catalogId.value() + ":catalog")
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
