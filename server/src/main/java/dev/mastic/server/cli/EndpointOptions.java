package dev.mastic.server.cli;

import dev.mastic.server.transfer.GlueEndpoint;
import dev.mastic.server.transfer.TransferException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Glue API a command calls, and as whom, from the values of its options. */
final class EndpointOptions {
    private static final Pattern AWS = Pattern.compile("glue(?:-fips)?[.]([a-z0-9-]+)[.](?:amazonaws|api[.]aws).*");

    private EndpointOptions() {}

    /**
     * Keys that were given; else, for an address of AWS, those that its command line would take, and for all others those
     * of this machine's server.
     *
     * @param option name of the option with the address
     */
    static GlueEndpoint endpoint(
            String option,
            String address,
            @Nullable String accessKey,
            @Nullable String secretKey,
            @Nullable String sessionToken,
            @Nullable String region) {
        URI uri = uri(option, address);
        Matcher aws = AWS.matcher(uri.getHost());
        boolean ofAws = aws.matches();
        String signedFor = region != null ? region : ofAws ? aws.group(1) : "us-east-1";
        return new GlueEndpoint(
                uri, Region.of(signedFor), credentials(option, ofAws, accessKey, secretKey, sessionToken), option);
    }

    private static AwsCredentialsProvider credentials(
            String option,
            boolean ofAws,
            @Nullable String accessKey,
            @Nullable String secretKey,
            @Nullable String sessionToken) {
        if ((accessKey == null) != (secretKey == null)) {
            throw new TransferException("An access key needs its secret key, and the other way round: give both for "
                    + option + ", or none");
        }
        if (accessKey != null && secretKey != null) {
            return StaticCredentialsProvider.create(
                    sessionToken == null
                            ? AwsBasicCredentials.create(accessKey, secretKey)
                            : AwsSessionCredentials.create(accessKey, secretKey, sessionToken));
        }
        if (ofAws) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                System.getenv().getOrDefault("MASTIC_ACCESS_KEY", "mastic"),
                System.getenv().getOrDefault("MASTIC_SECRET_KEY", "mastic")));
    }

    private static URI uri(String option, String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw invalid(option, address);
        }
        throw invalid(option, address);
    }

    private static TransferException invalid(String option, String address) {
        return new TransferException(option + " is '" + address
                + "'; expected an address like http://127.0.0.1:7700 or https://glue.eu-west-1.amazonaws.com");
    }
}
