package dev.mastic.server.cli;

import dev.mastic.server.MasticServer;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code mastic server}. */
@Command(
        name = "server",
        header = "Runs the service until it is told to stop (SIGTERM or Ctrl-C).",
        description = {
            "",
            "Settings come from the command line, then environment variables, then the YAML file, then the defaults.",
            "An option --s3-port is the key 's3-port' in the file and MASTIC_S3_PORT in the environment.",
            ""
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);

    private final Map<Setting, String> given = new EnumMap<>(Setting.class);

    @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings (also MASTIC_CONFIG)")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of everything that Mastic keeps (default: .mastic)")
    void data(String value) {
        given.put(Setting.DATA, value);
    }

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on (default: 127.0.0.1); beyond loopback only with credentials of your own")
    void host(String value) {
        given.put(Setting.HOST, value);
    }

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the API (default: 7700)")
    void port(String value) {
        given.put(Setting.PORT, value);
    }

    @Option(names = "--s3-port", paramLabel = "PORT", description = "Port of the embedded S3 server (default: 7701)")
    void s3Port(String value) {
        given.put(Setting.S3_PORT, value);
    }

    @Option(
            names = "--postgres",
            paramLabel = "JDBC_URL",
            description =
                    "PostgreSQL 14+ to use instead of the embedded one; its user and password by MASTIC_POSTGRES_USER and MASTIC_POSTGRES_PASSWORD")
    void postgres(String value) {
        given.put(Setting.POSTGRES, value);
    }

    @Option(
            names = "--s3-endpoint",
            paramLabel = "URL",
            description =
                    "S3 server to use instead of the embedded one; its keys by MASTIC_S3_ACCESS_KEY and MASTIC_S3_SECRET_KEY")
    void s3Endpoint(String value) {
        given.put(Setting.S3_ENDPOINT, value);
    }

    @Option(
            names = "--dynamodb-endpoint",
            paramLabel = "URL",
            description =
                    "DynamoDB that crawlers read; its keys by MASTIC_DYNAMODB_ACCESS_KEY and MASTIC_DYNAMODB_SECRET_KEY")
    void dynamoDbEndpoint(String value) {
        given.put(Setting.DYNAMODB_ENDPOINT, value);
    }

    @Option(
            names = "--jdbc-drivers",
            paramLabel = "FOLDER",
            description = "Jars of JDBC drivers that crawlers use (default: drivers in the data folder)")
    void jdbcDrivers(String value) {
        given.put(Setting.JDBC_DRIVERS, value);
    }

    @Option(
            names = "--account-id",
            paramLabel = "ID",
            description = "AWS account id that answers carry (default: 123456789012)")
    void accountId(String value) {
        given.put(Setting.ACCOUNT_ID, value);
    }

    @Option(names = "--region", paramLabel = "REGION", description = "AWS region (default: us-east-1)")
    void region(String value) {
        given.put(Setting.REGION, value);
    }

    @Option(
            names = "--runs-max-drivers",
            paramLabel = "N",
            description = "Job runs that are driven at once (default: 2)")
    void maxDrivers(String value) {
        given.put(Setting.MAX_DRIVERS, value);
    }

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "json (default) or text")
    void logFormat(String value) {
        given.put(Setting.LOG_FORMAT, value);
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = Settings.read(given, environment(), configFile());
        ServerLog.configure(settings.text(Setting.LOG_FORMAT));
        CountDownLatch stopped = new CountDownLatch(1);
        MasticServer server = MasticServer.start(settings, Mastic.driverHome());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            LOG.info("Stopping");
            server.close();
            LOG.info("Stopped");
            stopped.countDown();
        }));
        stopped.await();
        return 0;
    }

    private Optional<Path> configFile() {
        String fromEnvironment = System.getenv("MASTIC_CONFIG");
        return config != null
                ? Optional.of(config)
                : Optional.ofNullable(fromEnvironment).map(Path::of);
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>(System.getenv());
        environment.remove("MASTIC_STACKTRACE");
        return environment;
    }
}
