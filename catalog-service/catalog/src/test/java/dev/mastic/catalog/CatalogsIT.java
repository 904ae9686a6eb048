package dev.mastic.catalog;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogsIT extends CatalogOnPostgres {
    private static final software.amazon.awssdk.services.glue.model.Catalog ROOT =
            software.amazon.awssdk.services.glue.model.Catalog.builder()
                    .catalogId("123456789012")
                    .name("123456789012")
                    .resourceArn("arn:aws:glue:us-east-1:123456789012:catalog")
                    .build();

    @Test
    void showsTheDefaultCatalog() {
        assertThat(glue.getCatalog(request -> request.catalogId("123456789012")).catalog())
                .isEqualTo(ROOT);
        assertThatThrownBy(() -> glue.getCatalog(request -> request.catalogId("other")))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Catalog other not found");
        assertThatThrownBy(() -> glue.getCatalog(request -> {})).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void listsTheDefaultCatalogWhereItIsAskedFor() {
        assertThat(glue.getCatalogs(request -> request.includeRoot(true)).catalogList())
                .containsExactly(ROOT);
        assertThat(glue.getCatalogs(request -> request.includeRoot(true)
                                .recursive(true)
                                .hasDatabases(true)
                                .parentCatalogId("123456789012")
                                .maxResults(1000))
                        .catalogList())
                .containsExactly(ROOT);
        assertThat(glue.getCatalogs(request -> request.recursive(true)).catalogList())
                .isEmpty();
        assertThat(glue.getCatalogs(request -> {}).hasCatalogList()).isTrue();
        assertThatThrownBy(() -> glue.getCatalogs(request -> request.parentCatalogId("other")))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() -> glue.getCatalogs(request -> request.maxResults(1001)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> glue.getCatalogs(request -> request.nextToken("x")))
                .isInstanceOf(InvalidInputException.class);
    }
}
