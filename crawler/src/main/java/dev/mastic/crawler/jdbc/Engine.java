package dev.mastic.crawler.jdbc;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** Kinds of databases: how each is connected to, and what it can be asked beyond JDBC's own metadata. */
enum Engine {
    POSTGRESQL("postgresql", "postgresql", "postgresql", "org.postgresql:postgresql") {
        @Override
        boolean isSystem(String schema) {
            return schema.startsWith("pg_") || schema.equals(INFORMATION_SCHEMA);
        }

        @Override
        boolean keysOfAllTables() {
            return true;
        }

        @Override
        void timeouts(Properties properties, int connect, int read) {
            set(properties, "connectTimeout", connect);
            set(properties, "loginTimeout", connect);
            set(properties, "socketTimeout", read);
            properties.setProperty("ApplicationName", "mastic-crawler");
            properties.setProperty("readOnly", "true");
        }
    },
    REDSHIFT("redshift", "redshift", "redshift", "com.amazon.redshift:redshift-jdbc42") {
        @Override
        boolean isSystem(String schema) {
            return POSTGRESQL.isSystem(schema) || schema.equals("catalog_history");
        }

        @Override
        void timeouts(Properties properties, int connect, int read) {
            set(properties, "loginTimeout", connect);
            set(properties, "socketTimeout", read);
        }
    },
    MYSQL("mysql", "mysql", "mysql", "com.mysql:mysql-connector-j, or org.mariadb.jdbc:mariadb-java-client") {
        @Override
        boolean hasSchemas() {
            return false;
        }

        @Override
        void timeouts(Properties properties, int connect, int read) {
            set(properties, "connectTimeout", connect * MILLIS);
            set(properties, "socketTimeout", read * MILLIS);
        }
    },
    /** Glue classifies MariaDB as mysql. */
    MARIADB("mysql", "mariadb", "mysql", "org.mariadb.jdbc:mariadb-java-client") {
        @Override
        boolean hasSchemas() {
            return false;
        }

        @Override
        void timeouts(Properties properties, int connect, int read) {
            MYSQL.timeouts(properties, connect, read);
        }
    },
    SQLSERVER("sqlserver", "sqlserver", "sqlserver", "com.microsoft.sqlserver:mssql-jdbc") {
        @Override
        boolean isSystem(String schema) {
            return schema.equalsIgnoreCase(INFORMATION_SCHEMA)
                    || schema.equals("sys")
                    || schema.equals("guest")
                    || schema.startsWith("db_");
        }

        @Override
        void timeouts(Properties properties, int connect, int read) {
            set(properties, "loginTimeout", connect);
            set(properties, "socketTimeout", read * MILLIS);
            properties.setProperty("applicationName", "mastic-crawler");
            properties.setProperty("applicationIntent", "ReadOnly");
        }
    },
    ORACLE("oracle", "oracle", "oracle", "com.oracle.database.jdbc:ojdbc11") {
        @Override
        boolean tableFollowsDatabase() {
            return true;
        }

        @Override
        boolean isSystem(String schema) {
            return ORACLE_SCHEMAS.contains(" " + schema + " ") || schema.startsWith("APEX_");
        }

        @Override
        void timeouts(Properties properties, int connect, int read) {
            set(properties, "oracle.net.CONNECT_TIMEOUT", connect * MILLIS);
            set(properties, "oracle.jdbc.ReadTimeout", read * MILLIS);
            properties.setProperty("remarksReporting", "true");
        }
    },
    H2("h2", "h2", "h2", "com.h2database:h2") {
        @Override
        boolean isSystem(String schema) {
            return schema.equalsIgnoreCase(INFORMATION_SCHEMA);
        }

        /** Never makes a database that is not there. */
        @Override
        void timeouts(Properties properties, int connect, int read) {
            properties.setProperty("IFEXISTS", "TRUE");
        }
    },
    DERBY("derby", "derby", "derby", "org.apache.derby:derby, or org.apache.derby:derbyclient") {
        @Override
        boolean isSystem(String schema) {
            return schema.startsWith("SYS") || schema.equals("NULLID") || schema.equals("SQLJ");
        }
    };

    private static final String INFORMATION_SCHEMA = "information_schema";
    private static final int MILLIS = 1000;
    private static final String ORACLE_SCHEMAS = " SYS SYSTEM XDB MDSYS CTXSYS ORDSYS ORDDATA ORDPLUGINS OLAPSYS WMSYS"
            + " DBSNMP OUTLN LBACSYS DVSYS DVF GSMADMIN_INTERNAL GSMCATUSER GSMUSER APPQOSSYS AUDSYS OJVMSYS EXFSYS"
            + " ANONYMOUS DIP DBSFWUSER REMOTE_SCHEDULER_AGENT SI_INFORMTN_SCHEMA SYSBACKUP SYSDG SYSKM SYSRAC FLOWS_FILES"
            + " GGSYS SYS$UMF XS$NULL PUBLIC ";

    private final String classification;
    private final String scheme;
    private final String driver;
    private final TypeTable types;
    private final EngineQueries queries;

    Engine(String classification, String scheme, String types, String driver) {
        this.classification = classification;
        this.scheme = "jdbc:" + scheme + ":";
        this.driver = driver;
        this.types = TypeTable.load(types);
        this.queries = EngineQueries.load(name());
    }

    /** The engine that an address leads to. */
    static Optional<Engine> of(String url) {
        return Arrays.stream(values())
                .filter(engine -> url.regionMatches(true, 0, engine.scheme, 0, engine.scheme.length()))
                .findFirst();
    }

    /** The address of a database that a connection names by its parts. */
    static String address(String engine, String host, String port, String database) {
        String scheme = "jdbc:" + engine.toLowerCase(Locale.ROOT) + ":";
        if (scheme.equals(SQLSERVER.scheme)) {
            return scheme + "//" + host + ":" + port + (database.isEmpty() ? "" : ";databaseName=" + database);
        } else if (scheme.equals(ORACLE.scheme)) {
            return scheme + "thin:@//" + host + ":" + port + "/" + database;
        }
        return scheme + "//" + host + ":" + port + "/" + database;
    }

    /** What addresses of all engines begin with, for people. */
    static String schemes() {
        return Arrays.stream(values()).map(engine -> engine.scheme).collect(Collectors.joining(", "));
    }

    /** The value of the table parameter {@code classification}. */
    String classification() {
        return classification;
    }

    /** What its addresses begin with. */
    String scheme() {
        return scheme;
    }

    /** Maven coordinates of its driver, for people. */
    String driver() {
        return driver;
    }

    TypeTable types() {
        return types;
    }

    EngineQueries queries() {
        return queries;
    }

    /** Whether there is a level between database and table. */
    boolean hasSchemas() {
        return true;
    }

    /** Whether a path of two parts names tables, in an engine that has schemas. */
    boolean tableFollowsDatabase() {
        return false;
    }

    /** Whether one session shows the tables of several databases. */
    boolean showsOtherDatabases() {
        return !hasSchemas() || this == SQLSERVER;
    }

    /** Whether a schema is the engine's own, which {@code %} does not mean. */
    boolean isSystem(String schema) {
        return false;
    }

    /** Whether its driver tells the keys of all tables of a schema at once. */
    boolean keysOfAllTables() {
        return false;
    }

    /**
     * Sets the driver's own limits of waiting.
     *
     * @param connect seconds
     * @param read seconds
     */
    void timeouts(Properties properties, int connect, int read) {}

    private static void set(Properties properties, String name, int value) {
        properties.setProperty(name, Integer.toString(value));
    }

    @Override
    public String toString() {
        return scheme.substring("jdbc:".length(), scheme.length() - 1);
    }

    /** SQL that an engine is asked, each with the schema as its one parameter; null when it has no answer. */
    record EngineQueries(
            @Nullable String types,
            @Nullable String estimates,
            @Nullable String partitions) {

        private static EngineQueries load(String engine) {
            return switch (engine) {
                case "POSTGRESQL" ->
                    new EngineQueries(PostgresQueries.TYPES, PostgresQueries.ESTIMATES, PostgresQueries.PARTITIONS);
                case "REDSHIFT" ->
                    new EngineQueries(
                            null,
                            "select \"table\", tbl_rows, size * 1048576 from svv_table_info where \"schema\" = ?",
                            null);
                case "MYSQL", "MARIADB" ->
                    new EngineQueries(
                            "select table_name, column_name, column_type, column_type from information_schema.columns"
                                    + " where table_schema = ?",
                            "select table_name, table_rows, data_length from information_schema.tables"
                                    + " where table_schema = ?",
                            null);
                case "SQLSERVER" ->
                    new EngineQueries(
                            null,
                            "select t.name, sum(p.rows), 0 from sys.tables t join sys.schemas s on s.schema_id ="
                                    + " t.schema_id join sys.partitions p on p.object_id = t.object_id and p.index_id in"
                                    + " (0, 1) where s.name = ? group by t.name",
                            null);
                case "ORACLE" ->
                    new EngineQueries(
                            null,
                            "select table_name, num_rows, num_rows * avg_row_len from all_tables where owner = ?",
                            null);
                case "H2" ->
                    new EngineQueries(
                            null,
                            "select table_name, row_count_estimate, 0 from information_schema.tables"
                                    + " where table_schema = ?",
                            null);
                default -> new EngineQueries(null, null, null);
            };
        }
    }
}
