package dev.mastic.orchestration.testing;

import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Connection;
import software.amazon.awssdk.services.glue.model.ConnectionPropertyKey;
import software.amazon.awssdk.services.glue.model.GetConnectionRequest;
import software.amazon.awssdk.services.glue.model.GetConnectionResponse;

import java.util.Map;

/** A catalog that has the connection {@code warehouse}; whatever else it is asked fails. */
public final class OneConnection implements GlueClient {
    private final String url;
    private final String user;
    private final String password;

    public OneConnection(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    @Override
    public GetConnectionResponse getConnection(GetConnectionRequest request) {
        return GetConnectionResponse.builder()
                .connection(Connection.builder()
                        .name("warehouse")
                        .connectionType("JDBC")
                        .connectionProperties(Map.of(
                                ConnectionPropertyKey.JDBC_CONNECTION_URL, url,
                                ConnectionPropertyKey.USERNAME, user,
                                ConnectionPropertyKey.PASSWORD, password))
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
