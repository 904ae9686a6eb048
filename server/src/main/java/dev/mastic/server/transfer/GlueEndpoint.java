package dev.mastic.server.transfer;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueException;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A Glue API somewhere: of this machine's server, of another Mastic, or of AWS itself.
 *
 * @param option name of the option that says which, for messages
 */
public record GlueEndpoint(URI address, Region region, AwsCredentialsProvider credentials, String option) {
    /** AWS answers "Rate exceeded" in the middle of long exports. */
    private static final int ATTEMPTS = 10;

    private static final Set<String> CREDENTIAL_ERRORS = Set.of(
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "InvalidClientTokenId",
            "IncompleteSignatureException",
            "MissingAuthenticationTokenException",
            "ExpiredTokenException",
            "AccessDeniedException");

    /**
     * A client that has been answered once.
     *
     * @throws TransferException when nothing answers there, or not as the Glue API does, or the credentials are refused
     */
    public GlueClient connect() {
        try (GlueClient once = client(1)) {
            explaining(() -> once.getDatabases(request -> request.maxResults(1)));
        }
        return client(ATTEMPTS);
    }

    private GlueClient client(int attempts) {
        return GlueClient.builder()
                .endpointOverride(address)
                .region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(
                        configuration -> configuration.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                                .maxAttempts(attempts)
                                .build()))
                .build();
    }

    /**
     * Does something with a client of this endpoint.
     *
     * @throws TransferException when it fails because of the endpoint, and not because of what was asked of it
     */
    public <T> T explaining(Supplier<T> work) {
        try {
            return work.get();
        } catch (AwsServiceException e) {
            throw isOfTheEndpoint(e) ? new TransferException(explained(e), e) : e;
        } catch (SdkClientException e) {
            throw new TransferException(explained(e), e);
        }
    }

    /** Whether all further requests would fail in the same way. */
    static boolean isOfTheEndpoint(AwsServiceException e) {
        String code = code(e);
        return !(e instanceof GlueException)
                || code.isEmpty()
                || e.statusCode() >= 500
                || e.isThrottlingException()
                || CREDENTIAL_ERRORS.contains(code);
    }

    private String explained(AwsServiceException e) {
        String code = code(e);
        if (code.equals("AccessDeniedException")) {
            return address + " does not allow this: " + message(e);
        } else if (CREDENTIAL_ERRORS.contains(code)) {
            return address + " refuses the credentials (" + code + "): " + message(e)
                    + ". Give the right ones by the options for access key and secret key; --help says where they come"
                    + " from otherwise";
        } else if (code.isEmpty() || e.statusCode() == 404 || e.statusCode() == 405) {
            return address + " answers, but not as the Glue API does (HTTP status " + e.statusCode()
                    + "); name another address by " + option;
        }
        return address + " failed: " + code + ": " + message(e);
    }

    private String explained(SdkClientException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
            return "No Glue API answers at " + address + " (" + cause.getMessage()
                    + "); start Mastic by 'mastic server'," + " or name another address by " + option;
        }
        return address + " does not answer as the Glue API does: " + cause + "; name another address by " + option;
    }

    /** What the service said, without the SDK's appendix. */
    static String message(AwsServiceException e) {
        return e.awsErrorDetails() != null && e.awsErrorDetails().errorMessage() != null
                ? e.awsErrorDetails().errorMessage()
                : String.valueOf(e.getMessage());
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
                ? ""
                : e.awsErrorDetails().errorCode();
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return address.toString();
    }
}
