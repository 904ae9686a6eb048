package dev.mastic.orchestration.launch;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a driver finds its server and its object store.
 *
 * @param serverUrl address of the server, for REST and for Glue
 * @param accessKeyId access key of the server
 * @param s3AccessKeyId access key of the object store
 */
public record DriverEnvironment(
        URI serverUrl,
        URI s3Endpoint,
        String region,
        String accessKeyId,
        String secretAccessKey,
        String s3AccessKeyId,
        String s3SecretAccessKey) {

    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
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
