package dev.mastic.spark;

import dev.mastic.spark.dynamodb.DynamoDbSettings;
import dev.mastic.spark.s3.S3Settings;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a launcher tells a driver, by environment variables.
 *
 * @param server base address of the server ({@code MASTIC_URL})
 * @param runId {@code MASTIC_RUN_ID}
 * @param token bearer token of the run ({@code MASTIC_RUN_TOKEN})
 * @param glueEndpoint base address of the catalog ({@code MASTIC_GLUE_ENDPOINT}, else the server)
 * @param accessKeyId access key of the catalog ({@code AWS_ACCESS_KEY_ID})
 * @param secretAccessKey secret key of the catalog ({@code AWS_SECRET_ACCESS_KEY})
 * @param s3 the store: {@code MASTIC_S3_ENDPOINT} (empty for AWS itself), {@code MASTIC_S3_ACCESS_KEY} and {@code
 *     MASTIC_S3_SECRET_KEY} (else the catalog's keys)
 * @param dynamoDb {@code MASTIC_DYNAMODB_ENDPOINT}, {@code MASTIC_DYNAMODB_ACCESS_KEY} and {@code
 *     MASTIC_DYNAMODB_SECRET_KEY}; null when the first is not set
 * @param scratch folder for everything on local disk ({@code MASTIC_SCRATCH})
 */
record DriverEnvironment(
        URI server,
        String runId,
        String token,
        URI glueEndpoint,
        String accessKeyId,
        String secretAccessKey,
        S3Settings s3,
        @Nullable DynamoDbSettings dynamoDb,
        Path scratch) {

    /** @throws IllegalArgumentException when a variable is missing */
    static DriverEnvironment of(Map<String, String> variables) {
        URI server = URI.create(required(variables, "MASTIC_URL"));
        String accessKeyId = required(variables, "AWS_ACCESS_KEY_ID");
        String secretAccessKey = required(variables, "AWS_SECRET_ACCESS_KEY");
        String glue = variables.getOrDefault("MASTIC_GLUE_ENDPOINT", "");
        return new DriverEnvironment(
                server,
                required(variables, "MASTIC_RUN_ID"),
                required(variables, "MASTIC_RUN_TOKEN"),
                glue.isBlank() ? server : URI.create(glue),
                accessKeyId,
                secretAccessKey,
                new S3Settings(
                        variables.getOrDefault("MASTIC_S3_ENDPOINT", ""),
                        variables.getOrDefault("AWS_REGION", "us-east-1"),
                        variables.getOrDefault("MASTIC_S3_ACCESS_KEY", accessKeyId),
                        variables.getOrDefault("MASTIC_S3_SECRET_KEY", secretAccessKey)),
                dynamoDb(variables),
                Path.of(required(variables, "MASTIC_SCRATCH")).toAbsolutePath());
    }

    private static @Nullable DynamoDbSettings dynamoDb(Map<String, String> variables) {
        String endpoint = variables.getOrDefault("MASTIC_DYNAMODB_ENDPOINT", "");
        return endpoint.isBlank()
                ? null
                : new DynamoDbSettings(
                        endpoint,
                        variables.getOrDefault("AWS_REGION", "us-east-1"),
                        required(variables, "MASTIC_DYNAMODB_ACCESS_KEY"),
                        required(variables, "MASTIC_DYNAMODB_SECRET_KEY"));
    }

    private static String required(Map<String, String> variables, String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Environment variable " + name
                    + " is missing; a driver is started by a Mastic server, which sets it");
        }
        return value;
    }

    @Override
    public String toString() {
        return "DriverEnvironment[server=" + server + ", runId=" + runId + "]";
    }
}
