package dev.mastic.clients.iceberg;

import dev.mastic.testing.ServerProcess;
import dev.mastic.testing.TestFolders;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.aws.glue.GlueCatalog;
import org.apache.iceberg.catalog.CatalogTests;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.util.HashMap;
import java.util.Map;

/** Iceberg's own tests of catalogs, on Iceberg's own GlueCatalog, on Mastic. */
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
}
