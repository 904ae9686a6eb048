package dev.mastic.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting of the server. Its key is what the YAML file uses (dots are levels), its environment variable and its option
 * on the command line follow from the key.
 */
public enum Setting {
    /** Folder of everything that the server keeps. */
    DATA("data", ".mastic", "Folder of everything that Mastic keeps"),
    /** Address of the listeners. */
    HOST("host", "127.0.0.1", "Address to listen on; beyond loopback only with credentials of your own"),
    /** Port of the API. */
    PORT("port", "7700", "Port of the API; 0 takes a free one"),
    /** Port of the embedded object store. */
    S3_PORT("s3-port", "7701", "Port of the embedded S3 server; 0 takes a free one"),
    /** PostgreSQL to use instead of the embedded one. */
    POSTGRES("postgres", "", "JDBC URL of a PostgreSQL 14+ to use instead of the embedded one"),
    /** User of that PostgreSQL. */
    POSTGRES_USER("postgres-user", "", "User of that PostgreSQL"),
    /** Password of that PostgreSQL. */
    POSTGRES_PASSWORD("postgres-password", "", "Password of that PostgreSQL; better given by the environment"),
    /** S3 to use instead of the embedded one. */
    S3_ENDPOINT("s3-endpoint", "", "URL of an S3 server to use instead of the embedded one"),
    /** Access key for that S3. */
    S3_ACCESS_KEY("s3-access-key", "", "Access key for that S3; default: the API's"),
    /** Secret key for that S3. */
    S3_SECRET_KEY("s3-secret-key", "", "Secret key for that S3; better given by the environment"),
    /** DynamoDB for crawlers. */
    DYNAMODB_ENDPOINT(
            "dynamodb-endpoint",
            "",
            "URL of the DynamoDB that crawlers read, https://dynamodb.us-east-1.amazonaws.com"),
    /** Access key for that DynamoDB. */
    DYNAMODB_ACCESS_KEY("dynamodb-access-key", "", "Access key for that DynamoDB; default: the API's"),
    /** Secret key for that DynamoDB. */
    DYNAMODB_SECRET_KEY("dynamodb-secret-key", "", "Secret key for that DynamoDB; better given by the environment"),
    /** Drivers of databases. */
    JDBC_DRIVERS(
            "jdbc-drivers",
            "",
            "Folder with the jars of JDBC drivers that crawlers and jobs use; default: drivers in the data folder"),
    /** SQS to use instead of that of AWS. */
    SQS_ENDPOINT(
            "sqs-endpoint",
            "",
            "URL of a server that speaks SQS, for EventQueueArn of crawlers; default: AWS, with the keys that its"
                    + " command line would take"),
    /** The account id that answers carry. */
    ACCOUNT_ID("account-id", "123456789012", "AWS account id that answers carry, and the default CatalogId"),
    /** Region of the server. */
    REGION("region", "us-east-1", "AWS region that clients sign for"),
    /** Access key of the API. */
    ACCESS_KEY("access-key", "mastic", "Access key of the API and of the embedded S3"),
    /** Secret key of the API. */
    SECRET_KEY("secret-key", "mastic", "Secret key of the API and of the embedded S3; better given by the environment"),
    /** Versions that tables keep. */
    CATALOG_ARCHIVED_VERSIONS(
            "catalog.archived-versions", "1000", "Archived versions that a table keeps, the newest; 0 keeps none"),
    /** File with the keys of secrets. */
    CATALOG_SECRET_KEY_FILE(
            "catalog.secret-key-file",
            "",
            "File with the key of the secrets in the catalog; default: secret.key in the data folder, made at need,"
                    + " with the embedded PostgreSQL alone"),
    /** The keys of secrets themselves. */
    CATALOG_SECRET_KEY(
            "catalog.secret-key", "", "The key itself, 32 bytes in base64, instead of a file; by the environment"),
    /** Token of the event webhook. */
    WEBHOOK_TOKEN(
            "events.webhook-token", "", "Bearer token that POST /api/v1/events/s3 asks for; without one it is closed"),
    /** How long events wait after a run in vain. */
    EVENTS_RETRY_SECONDS(
            "events.retry-seconds", "5", "How long events wait after a run that failed; doubles each time, five times"),
    /** Drivers that run at once. */
    MAX_DRIVERS("runs.max-drivers", "2", "Job runs that are driven at once; more wait in the queue"),
    /** How often drivers report. */
    HEARTBEAT_SECONDS("runs.heartbeat-seconds", "2", "How often a driver reports"),
    /** After which silence a driver is lost. */
    LEASE_SECONDS("runs.lease-seconds", "30", "After this long without a report a driver is taken for lost"),
    /** Registries of schemas. */
    MAX_REGISTRIES("registry.max-registries", "10", "Registries of schemas, beside the default one"),
    /** Versions of schemas. */
    MAX_SCHEMA_VERSIONS("registry.max-versions", "1000", "Versions of all schemas in the registries together"),
    /** From when on a query is slow. */
    SLOW_QUERY_MILLIS(
            "slow-query-millis", "1000", "SQL statements that take longer are logged with their plan's id; 0: none"),
    /** Form of the log. */
    LOG_FORMAT("log-format", "json", "Form of the log on standard output: json or text");

    private final String key;
    private final String defaultValue;
    private final String description;

    Setting(String key, String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The key in the YAML file; a dot is a level. */
    public String key() {
        return key;
    }

    /** The option on the command line. */
    public String option() {
        return "--" + key.replace('.', '-');
    }

    /** The environment variable. */
    public String variable() {
        return "MASTIC_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The value when none is given; empty for none. */
    public String defaultValue() {
        return defaultValue;
    }

    /** One line for people. */
    public String description() {
        return description;
    }

    /** Whether the value must never be shown. */
    public boolean isSecret() {
        return switch (this) {
            case SECRET_KEY, S3_SECRET_KEY, DYNAMODB_SECRET_KEY, POSTGRES_PASSWORD, WEBHOOK_TOKEN, CATALOG_SECRET_KEY ->
                true;
            default -> false;
        };
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Setting::key).toList();
    }
}
