package dev.mastic.spark.dynamodb;

import dev.mastic.spark.failure.JobFailure;
import org.apache.spark.sql.RuntimeConfig;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How to reach DynamoDB.
 *
 * @param endpoint base address
 */
public record DynamoDbSettings(String endpoint, String region, String accessKeyId, String secretAccessKey)
        implements Serializable {
    private static final String ENDPOINT = "mastic.dynamodb.endpoint";
    private static final String REGION = "mastic.dynamodb.region";
    private static final String ACCESS_KEY = "mastic.dynamodb.access.key";
    private static final String SECRET_KEY = "mastic.dynamodb.secret.key";
    private static final Map<DynamoDbSettings, DynamoDbClient> CLIENTS = new ConcurrentHashMap<>();

    /** Makes them known to a session. */
    public void to(RuntimeConfig session) {
        session.set(ENDPOINT, endpoint);
        session.set(REGION, region);
        session.set(ACCESS_KEY, accessKeyId);
        session.set(SECRET_KEY, secretAccessKey);
    }

    /** @throws JobFailure when the session knows no DynamoDB */
    public static DynamoDbSettings of(RuntimeConfig session) {
        String endpoint = session.get(ENDPOINT, "");
        if (endpoint.isEmpty()) {
            throw new JobFailure("This server knows no DynamoDB; set dynamodb-endpoint, and its keys");
        }
        return new DynamoDbSettings(
                endpoint, session.get(REGION, "us-east-1"), session.get(ACCESS_KEY, ""), session.get(SECRET_KEY, ""));
    }

    /** The client for these settings; one for a process, never closed. */
    DynamoDbClient client() {
        return CLIENTS.computeIfAbsent(
                this,
                settings -> DynamoDbClient.builder()
                        .endpointOverride(URI.create(endpoint))
                        .region(Region.of(region))
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .build());
    }

    @Override
    public String toString() {
        return "DynamoDbSettings[endpoint=" + endpoint + ", region=" + region + ", accessKeyId=" + accessKeyId + "]";
    }
}
