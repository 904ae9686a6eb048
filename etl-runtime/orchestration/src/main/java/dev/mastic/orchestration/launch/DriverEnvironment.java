package dev.mastic.orchestration.launch;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a driver finds its server and its object store.
 *
 * @param serverUrl address of the server, for REST and for Glue
 * @param accessKeyId access key of the server
 * @param s3AccessKeyId access key of the object store
 * @param jdbcDrivers folder with jars of JDBC drivers; null for none
 * @param others more environment variables
 */
public record DriverEnvironment(
        URI serverUrl,
        URI s3Endpoint,
        String region,
        String accessKeyId,
        String secretAccessKey,
        String s3AccessKeyId,
        String s3SecretAccessKey,
        @Nullable Path jdbcDrivers,
        Map<String, String> others) {
    public DriverEnvironment {
        others = Map.copyOf(others);
    }

    /** Without databases. */
    public DriverEnvironment(
            URI serverUrl,
            URI s3Endpoint,
            String region,
            String accessKeyId,
            String secretAccessKey,
            String s3AccessKeyId,
            String s3SecretAccessKey) {
        this(
                serverUrl,
                s3Endpoint,
                region,
                accessKeyId,
                secretAccessKey,
                s3AccessKeyId,
                s3SecretAccessKey,
                null,
                Map.of());
    }

    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(others);
        variables.put("MASTIC_URL", serverUrl.toString());
        variables.put("MASTIC_GLUE_ENDPOINT", serverUrl.toString());
        variables.put("MASTIC_S3_ENDPOINT", s3Endpoint.toString());
        variables.put("AWS_ACCESS_KEY_ID", accessKeyId);
        variables.put("AWS_SECRET_ACCESS_KEY", secretAccessKey);
        variables.put("AWS_REGION", region);
        variables.put("MASTIC_S3_ACCESS_KEY", s3AccessKeyId);
        variables.put("MASTIC_S3_SECRET_KEY", s3SecretAccessKey);
        return variables;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DriverEnvironment[serverUrl=" + serverUrl + ", s3Endpoint=" + s3Endpoint + ", region=" + region
                + ", accessKeyId=" + accessKeyId + "]";
    }
}
