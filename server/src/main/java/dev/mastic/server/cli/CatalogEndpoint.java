package dev.mastic.server.cli;

import dev.mastic.server.transfer.GlueEndpoint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Glue API that a command of the catalog works on. */
final class CatalogEndpoint {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7700",
            description = "Address of the Glue API, of Mastic or of AWS (default: ${DEFAULT-VALUE})")
    private String endpoint = "http://127.0.0.1:7700";

    @Option(names = "--access-key", paramLabel = "KEY", description = "Access key")
    private @Nullable String accessKey;

    @Option(
            names = "--secret-key",
            paramLabel = "KEY",
            description = "Secret key; others on this machine can see it, so better give it by the environment")
    private @Nullable String secretKey;

    @Option(
            names = "--session-token",
            paramLabel = "TOKEN",
            defaultValue = "${env:MASTIC_SESSION_TOKEN}",
            description = "Session token of temporary keys (also MASTIC_SESSION_TOKEN)")
    private @Nullable String sessionToken;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "AWS region (default: that of an AWS address, us-east-1 for others)")
    private @Nullable String region;

    GlueEndpoint endpoint() {
        return EndpointOptions.endpoint("--endpoint", endpoint, accessKey, secretKey, sessionToken, region);
    }
}
