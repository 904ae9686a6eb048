package dev.mastic.server.cli;

import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import java.net.URI;

/** Which server a command calls, and as whom. */
final class Remote {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7700",
            description = "Address of the server (default: ${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:7700");

    @Option(
            names = "--region",
            paramLabel = "REGION",
            defaultValue = "us-east-1",
            description = "AWS region (default: ${DEFAULT-VALUE})")
    private String region = "us-east-1";

    /** A client with MASTIC_ACCESS_KEY and MASTIC_SECRET_KEY, or the default credentials. */
    ApiClient client() {
        return new ApiClient(
                url,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        System.getenv().getOrDefault("MASTIC_ACCESS_KEY", "mastic"),
                        System.getenv().getOrDefault("MASTIC_SECRET_KEY", "mastic"))),
                region);
    }
}
