package dev.mastic.clients.iceberg;

import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.aws.glue.GlueCatalog;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Iceberg's own tests of catalogs, on Iceberg's own GlueCatalog, on Mastic. Those overridden here expect words or
 * exceptions that GlueCatalog has in another form on AWS too; they show what it does instead.
 */
class GlueCatalogIT extends CatalogTests<GlueCatalog> {
    /** What the tests expect of any catalog that they are given. */
    private static final Map<String, String> DEFAULTS = Map.of(
            CatalogProperties.TABLE_DEFAULT_PREFIX + "default-key1", "catalog-default-key1",
            CatalogProperties.TABLE_DEFAULT_PREFIX + "default-key2", "catalog-default-key2",
            CatalogProperties.TABLE_DEFAULT_PREFIX + "override-key3", "catalog-default-key3",
            CatalogProperties.TABLE_OVERRIDE_PREFIX + "override-key3", "catalog-override-key3",
            CatalogProperties.TABLE_OVERRIDE_PREFIX + "override-key4", "catalog-override-key4");

    private static ServerProcess server;

    private GlueCatalog catalog;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(TestFolders.create("iceberg"), ServerProcess.Ports.free(), Map.of());
        System.setProperty("aws.accessKeyId", "mastic");
        System.setProperty("aws.secretAccessKey", "mastic");
        IcebergOnMastic.makeBucket(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void open() {
        catalog = initCatalog("mastic", Map.of());
    }

    @AfterEach
    void dropAll() throws Exception {
        catalog.close();
        IcebergOnMastic.dropAll(server);
    }

    @Override
    protected GlueCatalog catalog() {
        return catalog;
    }

    @Override
    protected GlueCatalog initCatalog(String name, Map<String, String> additional) {
        Map<String, String> properties = new HashMap<>(IcebergOnMastic.properties(server));
        properties.putAll(DEFAULTS);
        properties.putAll(additional);
        GlueCatalog opened = new GlueCatalog();
        opened.setConf(new Configuration());
        opened.initialize(name, properties);
        return opened;
    }

    @Override
    protected boolean requiresNamespaceCreate() {
        return true;
    }

    @Override
    protected boolean supportsNamespaceProperties() {
        return true;
    }

    @Override
    protected boolean supportsNestedNamespaces() {
        return false;
    }

    @Override
    protected boolean supportsNamesWithSlashes() {
        return false;
    }

    @Override
    protected boolean supportsNamesWithDot() {
        return false;
    }

    @Override
    protected String baseTableLocation(TableIdentifier table) {
        return "s3://" + IcebergOnMastic.BUCKET + "/elsewhere/" + table.namespace() + "/" + table.name();
    }

    private void makeTable(TableIdentifier table) {
        catalog.createNamespace(table.namespace());
        catalog.createTable(table, SCHEMA);
    }

    @Test
    @Override
    public void testCreateExistingNamespace() {
        catalog.createNamespace(NS);
        assertThatThrownBy(() -> catalog.createNamespace(NS))
                .isInstanceOf(AlreadyExistsException.class)
                .hasMessageContaining("already exists in Glue");
    }

    @Test
    @Override
    public void testLoadNamespaceMetadata() {
        assertThatThrownBy(() -> catalog.loadNamespaceMetadata(NS))
                .isInstanceOf(NoSuchNamespaceException.class)
                .hasMessageContaining("Database newdb not found");
        catalog.createNamespace(NS, Map.of("owner", "ada"));
        assertThat(catalog.loadNamespaceMetadata(NS)).containsEntry("owner", "ada");
    }

    @Test
    @Override
    public void testSetNamespacePropertiesNamespaceDoesNotExist() {
        assertThatThrownBy(() -> catalog.setProperties(NS, Map.of("a", "b")))
                .isInstanceOf(NoSuchNamespaceException.class)
                .hasMessageContaining("Database newdb not found");
    }

    @Test
    @Override
    public void testRemoveNamespacePropertiesNamespaceDoesNotExist() {
        assertThatThrownBy(() -> catalog.removeProperties(NS, Set.of("a")))
                .isInstanceOf(NoSuchNamespaceException.class)
                .hasMessageContaining("Database newdb not found");
    }

    @Test
    @Override
    public void testDropNonEmptyNamespace() {
        makeTable(TABLE);
        assertThatThrownBy(() -> catalog.dropNamespace(NS))
                .isInstanceOf(NamespaceNotEmptyException.class)
                .hasMessageContaining("still contains Iceberg tables");
        assertThat(catalog.tableExists(TABLE)).isTrue();
        catalog.dropTable(TABLE);
        assertThat(catalog.dropNamespace(NS)).isTrue();
    }

    /** GlueCatalog lists the tables of the database first, and lets the answer through. */
    @Test
    @Override
    public void testDropNonexistentNamespace() {
        assertThatThrownBy(() -> catalog.dropNamespace(NS))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Database newdb not found");
    }

    @Test
    @Override
    public void renameTableNamespaceMissing() {
        makeTable(TABLE);
        assertThatThrownBy(() -> catalog.renameTable(TABLE, TableIdentifier.of("missing", "renamed")))
                .isInstanceOf(NoSuchNamespaceException.class)
                .hasMessageContaining("namespace missing does not exist");
    }

    @Test
    @Override
    public void testRenameTableMissingSourceTable() {
        catalog.createNamespace(NS);
        assertThatThrownBy(() -> catalog.renameTable(TABLE, RENAMED_TABLE))
                .isInstanceOf(NoSuchTableException.class)
                .hasMessageContaining("does not exist in Glue");
    }

    /** GlueCatalog lets Glue's exception through. */
    @Test
    @Override
    public void testRenameTableDestinationTableAlreadyExists() {
        makeTable(TABLE);
        catalog.createTable(RENAMED_TABLE, OTHER_SCHEMA);
        assertThatThrownBy(() -> catalog.renameTable(TABLE, RENAMED_TABLE))
                .isInstanceOf(software.amazon.awssdk.services.glue.model.AlreadyExistsException.class);
        assertThat(catalog.tableExists(TABLE)).isTrue();
        assertThat(catalog.loadTable(RENAMED_TABLE).schema().asStruct()).isEqualTo(OTHER_SCHEMA.asStruct());
    }

    /** GlueCatalog sees the other table by its metadata location before it asks Glue to create one. */
    @Test
    @Override
    public void testConcurrentCreateTransaction() {
        catalog.createNamespace(NS);
        Transaction create = catalog.buildTable(TABLE, SCHEMA).createTransaction();
        catalog.createTable(TABLE, OTHER_SCHEMA);
        assertThatThrownBy(create::commitTransaction).isInstanceOf(CommitFailedException.class);
        assertThat(catalog.loadTable(TABLE).schema().asStruct()).isEqualTo(OTHER_SCHEMA.asStruct());
    }

    @Test
    @Override
    public void testListNonExistingNamespace() {
        assertThatThrownBy(() -> catalog.listNamespaces(Namespace.of("missing")))
                .isInstanceOf(NoSuchNamespaceException.class)
                .hasMessageContaining("does not support nested namespace");
    }

    /** GlueCatalog lets Glue's exception through. */
    @Test
    @Override
    public void tableCreationWithoutNamespace() {
        assertThatThrownBy(() -> catalog.createTable(TableIdentifier.of("missing", "table"), SCHEMA))
                .isInstanceOf(EntityNotFoundException.class)
                .hasMessageContaining("Database missing not found");
    }

    @Test
    @Override
    @Disabled("It takes the metadata's location for the path of a local file")
    public void testLoadTableWithMissingMetadataFile(Path folder) {
        throw new UnsupportedOperationException();
    }
}
