package dev.mastic.server.http;

import dev.mastic.wire.rest.Json;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the server can do its work: asks PostgreSQL and the object store each time. Thread-safe. */
public final class Health {
    private static final int SECONDS = 2;

    private final DataSource dataSource;
    private final S3Client s3;

    /** Asks these. */
    public Health(DataSource dataSource, S3Client s3) {
        this.dataSource = dataSource;
        this.s3 = s3;
    }

    /** Status 200 with {@code "ready"}, or 503 with what is wrong. */
    HttpAnswer answer() {
        String postgres = postgres();
        String objects = objects();
        boolean ready = postgres.equals("ok") && objects.equals("ok");
        Map<String, String> body = new LinkedHashMap<>();
        body.put("status", ready ? "ready" : "unavailable");
        body.put("postgres", postgres);
        body.put("s3", objects);
        return HttpAnswer.json(ready ? 200 : 503, Json.text(body));
    }

    private String postgres() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(SECONDS) ? "ok" : "does not answer";
        } catch (SQLException e) {
            return "does not answer: " + e.getMessage();
        }
    }

    private String objects() {
        try {
            s3.listBuckets();
            return "ok";
        } catch (SdkException e) {
            return "does not answer: " + e.getMessage();
        }
    }
}
