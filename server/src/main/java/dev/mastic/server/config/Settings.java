package dev.mastic.server.config;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of all settings of a server. The command line wins over the environment, the environment over the YAML file,
 * the file over the defaults. Immutable; {@link #toString()} shows no secret.
 */
public final class Settings {
    /** Variables that belong to Mastic and are no settings. */
    private static final Set<String> OTHER_VARIABLES = Set.of(
            "MASTIC_CONFIG",
            "MASTIC_FAILPOINT",
            "MASTIC_JAVA_OPTIONS",
            "MASTIC_HOME",
            "MASTIC_SESSION_TOKEN",
            "MASTIC_FROM_ACCESS_KEY",
            "MASTIC_FROM_SECRET_KEY",
            "MASTIC_FROM_SESSION_TOKEN");

    private static final int LARGEST_PORT = 65_535;

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
        check();
    }

    /**
     * Reads the settings.
     *
     * @param commandLine values of options
     * @param environment variables; those that begin with {@code MASTIC_} must be known
     * @param file the YAML file, if one is named
     * @throws ConfigException when a key is unknown, a value is not valid, or the values together are not safe
     */
    public static Settings read(
            Map<Setting, String> commandLine, Map<String, String> environment, Optional<Path> file) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.defaultValue());
        }
        file.ifPresent(path -> values.putAll(fromFile(path)));
        values.putAll(fromEnvironment(environment));
        values.putAll(commandLine);
        return new Settings(values);
    }

    private static Map<Setting, String> fromEnvironment(Map<String, String> environment) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        environment.forEach((name, value) -> {
            if (name.startsWith("MASTIC_") && !OTHER_VARIABLES.contains(name)) {
                Setting setting = Setting.ofVariable(name)
                        .orElseThrow(() -> unknown(
                                "environment variable",
                                name,
                                java.util.Arrays.stream(Setting.values())
                                        .map(Setting::variable)
                                        .toList()));
                values.put(setting, value);
            }
        });
        return values;
    }

    private static Map<Setting, String> fromFile(Path file) {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigException("The configuration file " + file + " cannot be read: " + e);
        } catch (YAMLException e) {
            throw new ConfigException("The configuration file " + file + " is not valid YAML: " + e.getMessage());
        }
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        if (document != null) {
            collect(file, "", document, values);
        }
        return values;
    }

    private static void collect(Path file, String key, Object node, Map<Setting, String> values) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                String path = key.isEmpty() ? String.valueOf(name) : key + "." + name;
                collect(file, path, value == null ? "" : value, values);
            });
        } else if (key.isEmpty() || node instanceof List<?>) {
            throw new ConfigException("The configuration file " + file + " must map keys to values"
                    + (key.isEmpty() ? "" : "; '" + key + "' is a list"));
        } else {
            Setting setting =
                    Setting.ofKey(key).orElseThrow(() -> unknown("key", key + "' in '" + file, key, Setting.keys()));
            values.put(setting, String.valueOf(node));
        }
    }

    private static ConfigException unknown(String kind, String name, List<String> known) {
        return unknown(kind, name, name, known);
    }

    private static ConfigException unknown(String kind, String shown, String name, List<String> known) {
        String nearest = NearNames.of(name, known, 1).get(0);
        return new ConfigException("Unknown " + kind + " '" + shown + "'; did you mean '" + nearest + "'? Known: "
                + String.join(", ", known));
    }

    private void check() {
        port(Setting.PORT);
        port(Setting.S3_PORT);
        if (number(Setting.CATALOG_ARCHIVED_VERSIONS) < 0) {
            throw invalid(Setting.CATALOG_ARCHIVED_VERSIONS, "a number from 0");
        }
        if (optional(Setting.CATALOG_SECRET_KEY).isPresent()
                && optional(Setting.CATALOG_SECRET_KEY_FILE).isPresent()) {
            throw new ConfigException("catalog.secret-key and catalog.secret-key-file are both set; set one of them");
        }
        if (number(Setting.SLOW_QUERY_MILLIS) < 0) {
            throw invalid(Setting.SLOW_QUERY_MILLIS, "a number from 0");
        }
        positive(Setting.EVENTS_RETRY_SECONDS);
        positive(Setting.MAX_DRIVERS);
        positive(Setting.MAX_REGISTRIES);
        positive(Setting.MAX_SCHEMA_VERSIONS);
        positive(Setting.HEARTBEAT_SECONDS);
        positive(Setting.LEASE_SECONDS);
        if (seconds(Setting.LEASE_SECONDS)
                        .compareTo(seconds(Setting.HEARTBEAT_SECONDS).multipliedBy(3))
                < 0) {
            throw new ConfigException("runs.lease-seconds (" + text(Setting.LEASE_SECONDS)
                    + ") must be at least three times runs.heartbeat-seconds (" + text(Setting.HEARTBEAT_SECONDS)
                    + ")");
        }
        if (!text(Setting.ACCOUNT_ID).matches("[0-9]{12}")) {
            throw invalid(Setting.ACCOUNT_ID, "12 digits");
        }
        if (!text(Setting.POSTGRES).isEmpty() && !text(Setting.POSTGRES).startsWith("jdbc:postgresql://")) {
            throw invalid(Setting.POSTGRES, "a JDBC URL like jdbc:postgresql://host:5432/mastic");
        }
        if (!text(Setting.S3_ENDPOINT).isEmpty() && !text(Setting.S3_ENDPOINT).matches("https?://[^/]+/?")) {
            throw invalid(Setting.S3_ENDPOINT, "a URL like https://s3.example.com");
        }
        if (!Set.of("json", "text").contains(text(Setting.LOG_FORMAT))) {
            throw invalid(Setting.LOG_FORMAT, "json or text");
        }
        for (Setting setting :
                List.of(Setting.DATA, Setting.HOST, Setting.ACCESS_KEY, Setting.SECRET_KEY, Setting.REGION)) {
            if (text(setting).isBlank()) {
                throw invalid(setting, "a value");
            }
        }
        boolean defaultCredentials = text(Setting.SECRET_KEY).equals(Setting.SECRET_KEY.defaultValue());
        if (defaultCredentials && !isLoopback()) {
            throw new ConfigException("Refusing to listen on " + text(Setting.HOST)
                    + " with the default credentials, which everybody knows. Set access-key and secret-key ("
                    + Setting.ACCESS_KEY.variable() + ", " + Setting.SECRET_KEY.variable()
                    + "), or listen on 127.0.0.1");
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(text(Setting.HOST)).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw invalid(Setting.HOST, "an address of this machine");
        }
    }

    private void port(Setting setting) {
        int port = number(setting);
        if (port < 0 || port > LARGEST_PORT) {
            throw invalid(setting, "a port from 0 to 65535");
        }
    }

    private void positive(Setting setting) {
        if (number(setting) < 1) {
            throw invalid(setting, "a number from 1");
        }
    }

    private ConfigException invalid(Setting setting, String expected) {
        return new ConfigException("The setting " + setting.key() + " is '"
                + (setting.isSecret() ? "***" : text(setting)) + "'; expected " + expected);
    }

    /** The value as text; empty when there is none. */
    public String text(Setting setting) {
        return values.getOrDefault(setting, "");
    }

    /** The value, if there is one. */
    public Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(value -> !value.isEmpty());
    }

    /** The value as a whole number. */
    public int number(Setting setting) {
        try {
            return Integer.parseInt(text(setting).trim());
        } catch (NumberFormatException e) {
            throw invalid(setting, "a whole number");
        }
    }

    /** The value as seconds. */
    public Duration seconds(Setting setting) {
        return Duration.ofSeconds(number(setting));
    }

    /** The data folder. */
    public Path data() {
        return Path.of(text(Setting.DATA)).toAbsolutePath().normalize();
    }

    /** The S3 to use instead of the embedded one. */
    public Optional<URI> s3Endpoint() {
        return optional(Setting.S3_ENDPOINT).map(URI::create);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Settings[");
        values.forEach((setting, value) -> text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ")
                .append(setting.key())
                .append('=')
                .append(setting.isSecret() && !value.isEmpty() ? "***" : value));
        return text.append(']').toString();
    }
}
