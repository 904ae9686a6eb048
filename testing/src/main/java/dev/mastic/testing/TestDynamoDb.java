package dev.mastic.testing;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

/** One DynamoDB Local per JVM, over HTTP. */
public final class TestDynamoDb {
    private TestDynamoDb() {}

    private static final class Holder {
        static final URI ENDPOINT = start();

        private static URI start() {
            System.setProperty("sqlite4java.library.path", libraries().toString());
            try (ServerSocket free = new ServerSocket(0)) {
                String port = Integer.toString(free.getLocalPort());
                free.close();
                DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                        new String[] {"-inMemory", "-sharedDb", "-port", port});
                server.start();
                return URI.create("http://127.0.0.1:" + port);
            } catch (Exception e) {
                throw new IllegalStateException("DynamoDB Local does not start", e);
            }
        }

        /** Where Maven has put SQLite's library: beside the jar that needs it. */
        private static Path libraries() {
            Path jar = Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                    .filter(entry -> entry.contains("sqlite4java-") && entry.endsWith(".jar"))
                    .map(Path::of)
                    .findFirst()
                    .orElseThrow();
            return jar.resolveSibling("../../libsqlite4java-linux-amd64")
                    .normalize()
                    .resolve(jar.resolveSibling("").getFileName());
        }
    }

    public static URI endpoint() {
        return Holder.ENDPOINT;
    }

    public static DynamoDbClient client() {
        return builder(endpoint()).build();
    }

    /** A client that tries nothing again by itself. */
    public static DynamoDbClient clientWithoutRetries(URI endpoint) {
        return builder(endpoint)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static DynamoDbClientBuilder builder(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }
}
