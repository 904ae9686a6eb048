package dev.mastic.catalog.connection;

import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Names;
import dev.mastic.catalog.store.Texts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.ConnectionInput;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.CONNECTION_URL;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.CONNECTOR_CLASS_NAME;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.CONNECTOR_TYPE;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.CONNECTOR_URL;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.HOST;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.JDBC_CONNECTION_URL;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.JDBC_ENGINE;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.KAFKA_BOOTSTRAP_SERVERS;
import static software.amazon.awssdk.services.glue.model.ConnectionPropertyKey.PORT;

/** What connections of each type must have: the lists of "required" in Glue's documentation of {@code ConnectionInput}. */
final class ConnectionRules {
    /** By type, the groups of properties of which one must be there as a whole. */
    private static final Map<String, List<List<ConnectionPropertyKey>>> REQUIRED = Map.of(
            "JDBC", List.of(List.of(JDBC_CONNECTION_URL), List.of(HOST, PORT, JDBC_ENGINE)),
            "KAFKA", List.of(List.of(KAFKA_BOOTSTRAP_SERVERS)),
            "MONGODB", List.of(List.of(CONNECTION_URL)),
            "MARKETPLACE", List.of(List.of(CONNECTOR_TYPE, CONNECTOR_URL, CONNECTOR_CLASS_NAME)));

    private ConnectionRules() {}

    /**
     * The input, when a connection can be made of it.
     *
     * @throws InvalidInputException when something is missing
     */
    static ConnectionInput checked(@Nullable ConnectionInput input) {
        if (input == null) {
            throw Errors.invalid("ConnectionInput is missing");
        }
        String name = name(input.name());
        input.matchCriteria().forEach(criterion -> Texts.requireStorable(criterion, "MatchCriteria"));
        checkProperties("Connection " + name, input.connectionTypeAsString(), input.connectionPropertiesAsStrings());
        return input;
    }

    /** The name as it is; connections are one of the kinds whose case Glue keeps. */
    static String name(@Nullable String name) {
        if (name == null || Names.fold(name, "Connection").isEmpty()) {
            throw Errors.invalid("Connection name must not be empty");
        }
        return name;
    }

    /**
     * Checks that a type has its properties.
     *
     * @param what names the connection, for the message
     */
    static void checkProperties(String what, @Nullable String type, Map<String, String> properties) {
        if (type == null) {
            throw Errors.invalid(what + ": ConnectionType is missing");
        }
        List<List<ConnectionPropertyKey>> groups = REQUIRED.getOrDefault(type, List.of());
        boolean whole = groups.isEmpty()
                || groups.stream()
                        .anyMatch(group -> group.stream().allMatch(key -> !isBlank(properties.get(key.toString()))));
        if (!whole) {
            throw Errors.invalid(what + " of type " + type + " needs "
                    + groups.stream()
                            .map(group -> group.stream()
                                    .map(ConnectionPropertyKey::toString)
                                    .collect(Collectors.joining(" and ")))
                            .collect(Collectors.joining(", or "))
                    + " in its ConnectionProperties");
        }
        String mechanism = properties.get(ConnectionPropertyKey.KAFKA_SASL_MECHANISM.toString());
        List<String> mechanisms = Arrays.asList("SCRAM-SHA-512", "GSSAPI", "AWS_MSK_IAM", "PLAIN");
        if (mechanism != null && !mechanisms.contains(mechanism)) {
            throw Errors.invalid(what + ": KAFKA_SASL_MECHANISM is " + mechanism + "; use one of " + mechanisms);
        }
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
