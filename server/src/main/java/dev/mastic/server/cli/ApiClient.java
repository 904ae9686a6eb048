package dev.mastic.server.cli;

import dev.mastic.server.config.ConfigException;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls the REST API of a server with signed requests. Thread-safe. */
public final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** Some calls list a whole bucket before they answer. */
    private static final Duration ANSWER = Duration.ofMinutes(15);

    private final URI address;
    private final AwsCredentialsProvider credentials;
    private final String region;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /** @param address of the server, {@code http://127.0.0.1:7700} for instance */
    public ApiClient(URI address, AwsCredentialsProvider credentials, String region) {
        this.address = address;
        this.credentials = credentials;
        this.region = region;
    }

    /**
     * Body of the answer to a GET.
     *
     * @param path with its query, already URL-encoded
     * @throws ConfigException when the server does not answer, or refuses; the message says why
     */
    public String get(String path) {
        return send(SdkHttpMethod.GET, path, new byte[0]);
    }

    /**
     * Body of the answer to a POST without a body.
     *
     * @param path already URL-encoded
     * @throws ConfigException when the server does not answer, or refuses; the message says why
     */
    public String post(String path) {
        return post(path, new byte[0]);
    }

    /** As {@link #post(String)}, with a body. */
    public String post(String path, byte[] body) {
        return send(SdkHttpMethod.POST, path, body);
    }

    private String send(SdkHttpMethod method, String path, byte[] body) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(method)
                .uri(address.resolve(path))
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .payload(body.length == 0 ? null : ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "glue")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER);
        builder.method(method.name(), HttpRequest.BodyPublishers.ofByteArray(body));
        signed.request().headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        try {
            HttpResponse<String> response =
                    http.send(builder.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new ConfigException(
                        address + " answered " + response.statusCode() + ": " + message(response.body()));
            }
            return response.body();
        } catch (ConnectException e) {
            throw new ConfigException(
                    "No Mastic answers at " + address + "; start one by 'mastic server' or name it by --url");
        } catch (IOException e) {
            throw new ConfigException("Mastic at " + address + " does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigException("Interrupted");
        }
    }

    /** What the server says of an error, without its JSON. */
    private static String message(String body) {
        try {
            Object message =
                    Json.readObject(body.getBytes(StandardCharsets.UTF_8)).get("message");
            return message == null ? body : String.valueOf(message);
        } catch (RestException e) {
            return body; // not from Mastic
        }
    }
}
