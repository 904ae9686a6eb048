package dev.mastic.clients.iceberg;

import dev.mastic.testing.ServerProcess;
import org.apache.iceberg.CatalogProperties;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.Map;

/** How Iceberg's GlueCatalog is pointed at a Mastic. */
final class IcebergOnMastic {
    static final String BUCKET = "iceberg";

    private IcebergOnMastic() {}

    static Map<String, String> properties(ServerProcess server) {
        return Map.of(
                CatalogProperties.WAREHOUSE_LOCATION,
                "s3://" + BUCKET + "/warehouse",
                "glue.endpoint",
                server.address().toString(),
                "s3.endpoint",
                server.s3Address().toString(),
                "s3.path-style-access",
                "true",
                // Mastic takes names with hyphens, as Glue does.
                "glue.skip-name-validation",
                "true",
                "client.region",
                "us-east-1",
                "client.credentials-provider",
                SystemPropertyCredentialsProvider.class.getName());
    }

    static GlueClient glue(ServerProcess server) {
        return GlueClient.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(SystemPropertyCredentialsProvider.create())
                .build();
    }

    static void makeBucket(ServerProcess server) {
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(server.s3Address())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(SystemPropertyCredentialsProvider.create())
                .build()) {
            s3.createBucket(request -> request.bucket(BUCKET));
        }
    }

    /** Deletes the Glue databases with all that is in them. */
    static void dropAll(ServerProcess server) {
        try (GlueClient glue = glue(server)) {
            glue.getDatabasesPaginator(request -> {}).stream()
                    .flatMap(page -> page.databaseList().stream())
                    .map(Database::name)
                    .forEach(name -> glue.deleteDatabase(request -> request.name(name)));
        }
    }
}
