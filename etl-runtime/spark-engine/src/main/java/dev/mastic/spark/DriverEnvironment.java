package dev.mastic.spark;

import dev.mastic.spark.s3.S3Settings;

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
 * @param s3 the store: {@code MASTIC_S3_ENDPOINT} (empty for AWS itself) and AWS's own variables
 * @param scratch folder for everything on local disk ({@code MASTIC_SCRATCH})
 */
record DriverEnvironment(URI server, String runId, String token, URI glueEndpoint, S3Settings s3, Path scratch) {

    /** @throws IllegalArgumentException when a variable is missing */
    static DriverEnvironment of(Map<String, String> variables) {
        URI server = URI.create(required(variables, "MASTIC_URL"));
        String glue = variables.getOrDefault("MASTIC_GLUE_ENDPOINT", "");
        return new DriverEnvironment(
                server,
                required(variables, "MASTIC_RUN_ID"),
                required(variables, "MASTIC_RUN_TOKEN"),
                glue.isBlank() ? server : URI.create(glue),
                new S3Settings(
                        variables.getOrDefault("MASTIC_S3_ENDPOINT", ""),
                        variables.getOrDefault("AWS_REGION", "us-east-1"),
                        required(variables, "AWS_ACCESS_KEY_ID"),
                        required(variables, "AWS_SECRET_ACCESS_KEY")),
                Path.of(required(variables, "MASTIC_SCRATCH")).toAbsolutePath());
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
