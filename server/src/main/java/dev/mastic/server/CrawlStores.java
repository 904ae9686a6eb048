package dev.mastic.server;

import dev.mastic.server.config.ConfigException;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import dev.mastic.warehouse.connection.JdbcDrivers;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What crawlers read beside the object store: databases by the operator's drivers, and DynamoDB. */
final class CrawlStores implements AutoCloseable {
    private final Path driversFolder;
    private final JdbcDrivers drivers;
    private final Map<String, String> driverVariables;
    private final @Nullable DynamoDbClient dynamoDb;

    private CrawlStores(
            Path driversFolder,
            JdbcDrivers drivers,
            Map<String, String> driverVariables,
            @Nullable DynamoDbClient dynamoDb) {
        this.driversFolder = driversFolder;
        this.driverVariables = Map.copyOf(driverVariables);
        this.drivers = drivers;
        this.dynamoDb = dynamoDb;
    }

    /** @throws ConfigException when the folder of drivers is set and cannot be read */
    static CrawlStores open(Settings settings) {
        Optional<Path> given = settings.optional(Setting.JDBC_DRIVERS).map(Path::of);
        if (given.isPresent() && !Files.isDirectory(given.get())) {
            throw new ConfigException("jdbc-drivers names " + given.get() + ", which is no folder; make it, or leave"
                    + " the setting out");
        }
        Path folder = given.orElse(settings.data().resolve("drivers"));
        try {
            return new CrawlStores(folder, JdbcDrivers.load(folder), driverVariables(settings), dynamoDb(settings));
        } catch (IOException e) {
            throw new ConfigException("The folder of JDBC drivers " + folder + " cannot be read: " + e.getMessage());
        }
    }

    /** How the drivers of jobs reach DynamoDB. */
    private static Map<String, String> driverVariables(Settings settings) {
        return settings.optional(Setting.DYNAMODB_ENDPOINT)
                .map(endpoint -> Map.of(
                        "MASTIC_DYNAMODB_ENDPOINT",
                        endpoint,
                        "MASTIC_DYNAMODB_ACCESS_KEY",
                        settings.optional(Setting.DYNAMODB_ACCESS_KEY).orElse(settings.text(Setting.ACCESS_KEY)),
                        "MASTIC_DYNAMODB_SECRET_KEY",
                        settings.optional(Setting.DYNAMODB_SECRET_KEY).orElse(settings.text(Setting.SECRET_KEY))))
                .orElse(Map.of());
    }

    /** The folder of JDBC drivers, which may not be there. */
    Path driversFolder() {
        return driversFolder;
    }

    /** What drivers of jobs are told of these stores, by environment variables. */
    Map<String, String> driverVariables() {
        return driverVariables;
    }

    private static @Nullable DynamoDbClient dynamoDb(Settings settings) {
        Optional<String> endpoint = settings.optional(Setting.DYNAMODB_ENDPOINT);
        if (endpoint.isEmpty()) {
            return null;
        }
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(endpoint.get()))
                .region(Region.of(settings.text(Setting.REGION)))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        settings.optional(Setting.DYNAMODB_ACCESS_KEY).orElse(settings.text(Setting.ACCESS_KEY)),
                        settings.optional(Setting.DYNAMODB_SECRET_KEY).orElse(settings.text(Setting.SECRET_KEY)))))
                .build();
    }

    /** The client of DynamoDB; null when none is set. */
    @Nullable
    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    @Override
    public void close() {
        if (dynamoDb != null) {
            dynamoDb.close();
        }
        drivers.close();
    }
}
