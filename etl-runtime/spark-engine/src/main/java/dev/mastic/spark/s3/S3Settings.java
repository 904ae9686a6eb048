package dev.mastic.spark.s3;

import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How to reach the object store.
 *
 * @param endpoint base address of the store; empty for AWS itself
 */
public record S3Settings(String endpoint, String region, String accessKeyId, String secretAccessKey) {
    private static final int MOST_ATTEMPTS = 9;
    private static final Map<S3Settings, S3Client> CLIENTS = new ConcurrentHashMap<>();

    /** The settings as Hadoop's S3A file system knows them, by their full names. */
    public Map<String, String> hadoopSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        settings.put("fs.s3n.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
        if (!endpoint.isEmpty()) {
            settings.put("fs.s3a.endpoint", endpoint);
            settings.put("fs.s3a.path.style.access", "true");
            settings.put("fs.s3a.connection.ssl.enabled", String.valueOf(endpoint.startsWith("https:")));
        }
        settings.put("fs.s3a.endpoint.region", region);
        settings.put("fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
        settings.put("fs.s3a.access.key", accessKeyId);
        settings.put("fs.s3a.secret.key", secretAccessKey);
        settings.put("fs.s3a.change.detection.source", "etag");
        settings.put("fs.s3a.change.detection.mode", "server");
        // A store that is away fails a read after about half a minute, not after ten.
        settings.put("fs.s3a.attempts.maximum", "4");
        settings.put("fs.s3a.retry.limit", "4");
        settings.put("fs.s3a.connection.establish.timeout", "15s");
        settings.put("fs.s3a.audit.enabled", "false");
        settings.put("fs.s3a.bucket.probe", "0");
        return settings;
    }

    /** The settings as {@link #hadoopSettings()} put them into a Hadoop configuration. */
    public static S3Settings of(Configuration hadoop) {
        return new S3Settings(
                hadoop.get("fs.s3a.endpoint", ""),
                hadoop.get("fs.s3a.endpoint.region", "us-east-1"),
                hadoop.get("fs.s3a.access.key", ""),
                hadoop.get("fs.s3a.secret.key", ""));
    }

    /** The client for these settings; one for a process, never closed. */
    public S3Client client() {
        return CLIENTS.computeIfAbsent(this, S3Settings::newClient);
    }

    private S3Client newClient() {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(region))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
                // Not every store knows the newer checksums; etags and lengths are verified anyway.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // With its growing pauses a store that restarts is not noticed.
                .overrideConfiguration(
                        override -> override.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MOST_ATTEMPTS)
                                .build()))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(64));
        if (!endpoint.isEmpty()) {
            builder.endpointOverride(URI.create(endpoint)).forcePathStyle(true);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", accessKeyId=" + accessKeyId + "]";
    }
}
