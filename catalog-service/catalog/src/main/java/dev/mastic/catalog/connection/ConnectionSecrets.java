package dev.mastic.catalog.connection;

import dev.mastic.catalog.connection.reach.Masks;
import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.catalog.secret.SecretKeys.Encrypted;
import dev.mastic.catalog.store.Texts;
import dev.mastic.wire.GlueJson;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.AuthenticationConfiguration;
import software.amazon.awssdk.services.glue.model.AuthenticationConfigurationInput;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.GlueEncryptionException;
import software.amazon.awssdk.services.glue.model.OAuth2Properties;
import software.amazon.awssdk.services.glue.model.OAuth2PropertiesInput;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Takes the secrets out of connections and puts them back. Secret are properties whose names say so, passwords inside
 * addresses, and the credentials of an {@code AuthenticationConfiguration}, which Glue never gives back. Thread-safe.
 */
final class ConnectionSecrets {
    private final @Nullable SecretKeys keys;

    ConnectionSecrets(@Nullable SecretKeys keys) {
        this.keys = keys;
    }

    /** The members of a connection that an input gives, as they may be shown. */
    static Connection.Builder shown(ConnectionInput input) {
        return Connection.builder()
                .name(input.name())
                .description(input.description())
                .connectionType(input.connectionTypeAsString())
                .matchCriteria(input.hasMatchCriteria() ? input.matchCriteria() : null)
                .connectionPropertiesWithStrings(
                        input.hasConnectionProperties() ? open(input.connectionPropertiesAsStrings()) : null)
                .sparkProperties(input.hasSparkProperties() ? open(input.sparkProperties()) : null)
                .athenaProperties(input.hasAthenaProperties() ? open(input.athenaProperties()) : null)
                .pythonProperties(input.hasPythonProperties() ? open(input.pythonProperties()) : null)
                .physicalConnectionRequirements(input.physicalConnectionRequirements())
                .authenticationConfiguration(authentication(input.authenticationConfiguration(), Masks::mask));
    }

    /**
     * The secrets of an input, encrypted; null when it has none.
     *
     * @throws GlueEncryptionException when it has some and there is no key
     */
    @Nullable
    Encrypted encrypted(ConnectionInput input) {
        ConnectionInput secret = secret(input);
        if (secret.equals(ConnectionInput.builder().build())) {
            return null;
        }
        if (keys == null) {
            throw noKey("Connection " + input.name() + " has secrets, and this server has no key to encrypt them with");
        }
        return keys.encrypt(Texts.definition(secret, "Connection " + input.name()), owner(input.name()));
    }

    /**
     * The secret part of a connection.
     *
     * @throws GlueEncryptionException when it cannot be decrypted
     */
    ConnectionInput decrypted(String name, String secrets) {
        if (keys == null) {
            throw noKey("Connection " + name + " has secrets, and this server has no key to decrypt them with");
        }
        return GlueJson.read(keys.decrypt(secrets, owner(name)), ConnectionInput.class);
    }

    /** A connection with its secrets, but for those that Glue never gives back. */
    static Connection joined(Connection shown, ConnectionInput secret) {
        Connection.Builder builder = shown.toBuilder();
        if (secret.hasConnectionProperties()) {
            builder.connectionPropertiesWithStrings(
                    joined(shown.connectionPropertiesAsStrings(), secret.connectionPropertiesAsStrings()));
        }
        if (secret.hasSparkProperties()) {
            builder.sparkProperties(joined(shown.sparkProperties(), secret.sparkProperties()));
        }
        if (secret.hasAthenaProperties()) {
            builder.athenaProperties(joined(shown.athenaProperties(), secret.athenaProperties()));
        }
        if (secret.hasPythonProperties()) {
            builder.pythonProperties(joined(shown.pythonProperties(), secret.pythonProperties()));
        }
        if (secret.authenticationConfiguration() != null) {
            builder.authenticationConfiguration(
                    authentication(secret.authenticationConfiguration(), Function.identity()));
        }
        return builder.build();
    }

    static Map<String, String> joined(Map<String, String> shown, Map<String, String> secret) {
        Map<String, String> joined = new LinkedHashMap<>(shown);
        joined.putAll(secret);
        return joined;
    }

    private static ConnectionInput secret(ConnectionInput input) {
        Map<String, String> properties = hidden(input.connectionPropertiesAsStrings());
        Map<String, String> spark = hidden(input.sparkProperties());
        Map<String, String> athena = hidden(input.athenaProperties());
        Map<String, String> python = hidden(input.pythonProperties());
        AuthenticationConfigurationInput authentication = input.authenticationConfiguration();
        return ConnectionInput.builder()
                .connectionPropertiesWithStrings(properties.isEmpty() ? null : properties)
                .sparkProperties(spark.isEmpty() ? null : spark)
                .athenaProperties(athena.isEmpty() ? null : athena)
                .pythonProperties(python.isEmpty() ? null : python)
                .authenticationConfiguration(
                        authentication != null && hasCredentials(authentication) ? authentication : null)
                .build();
    }

    private static boolean hasCredentials(AuthenticationConfigurationInput authentication) {
        OAuth2PropertiesInput oauth = authentication.oAuth2Properties();
        return authentication.basicAuthenticationCredentials() != null
                || authentication.hasCustomAuthenticationCredentials()
                || (oauth != null
                        && (oauth.oAuth2Credentials() != null
                                || oauth.authorizationCodeProperties() != null
                                || !hidden(oauth.tokenUrlParametersMap()).isEmpty()
                                || (oauth.tokenUrl() != null
                                        && !Masks.mask(oauth.tokenUrl()).equals(oauth.tokenUrl()))));
    }

    /** The answer's form has no credentials, so they cannot get out by it. */
    private static @Nullable AuthenticationConfiguration authentication(
            @Nullable AuthenticationConfigurationInput input, Function<String, String> mask) {
        if (input == null) {
            return null;
        }
        return AuthenticationConfiguration.builder()
                .authenticationType(input.authenticationTypeAsString())
                .secretArn(input.secretArn())
                .kmsKeyArn(input.kmsKeyArn())
                .oAuth2Properties(oauth(input.oAuth2Properties(), mask))
                .build();
    }

    private static @Nullable OAuth2Properties oauth(
            @Nullable OAuth2PropertiesInput input, Function<String, String> mask) {
        if (input == null) {
            return null;
        }
        return OAuth2Properties.builder()
                .oAuth2GrantType(input.oAuth2GrantTypeAsString())
                .oAuth2ClientApplication(input.oAuth2ClientApplication())
                .tokenUrl(input.tokenUrl() == null ? null : mask.apply(input.tokenUrl()))
                .tokenUrlParametersMap(input.hasTokenUrlParametersMap() ? open(input.tokenUrlParametersMap()) : null)
                .build();
    }

    private static Map<String, String> open(Map<String, String> properties) {
        Map<String, String> open = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (!Masks.isSecret(name)) {
                open.put(name, Masks.mask(value));
            }
        });
        return open;
    }

    private static Map<String, String> hidden(Map<String, String> properties) {
        Map<String, String> hidden = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (Masks.isSecret(name) || !Masks.mask(value).equals(value)) {
                hidden.put(name, value);
            }
        });
        return hidden;
    }

    private static String owner(String name) {
        return "connection/" + name;
    }

    private static GlueEncryptionException noKey(String what) {
        return GlueEncryptionException.builder()
                .message(what + ": set catalog.secret-key-file to a file with 32 bytes in base64, the same for every"
                        + " server on this database")
                .build();
    }
}
