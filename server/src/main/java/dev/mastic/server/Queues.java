package dev.mastic.server;

import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients of SQS by region, made when a crawler names a queue: of the server that {@code sqs-endpoint} names, with the keys
 * of the object store; otherwise of AWS, with the default credentials. Thread-safe.
 */
final class Queues implements AutoCloseable {
    private final Settings settings;
    private final String accessKey;
    private final String secretKey;
    private final Map<String, SqsClient> clients = new ConcurrentHashMap<>();

    Queues(Settings settings, String accessKey, String secretKey) {
        this.settings = settings;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    /** The client for a region; stays this object's. */
    SqsClient client(String region) {
        return clients.computeIfAbsent(region, this::make);
    }

    private SqsClient make(String region) {
        SqsClientBuilder client = SqsClient.builder().region(Region.of(region));
        settings.optional(Setting.SQS_ENDPOINT)
                .ifPresent(endpoint -> client.endpointOverride(URI.create(endpoint))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey))));
        return client.build();
    }

    @Override
    public void close() {
        clients.values().forEach(SqsClient::close);
    }
}
