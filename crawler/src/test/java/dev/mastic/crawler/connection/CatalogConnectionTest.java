package dev.mastic.crawler.connection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogConnectionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://h/db?user=u&password=hidden1",
                "jdbc:mysql://u:hidden1@h/db",
                "jdbc:sqlserver://h;user=u;password=hidden1;encrypt=true",
                "jdbc:oracle:thin:u/hidden1@//h:1521/x",
                "jdbc:h2:mem:x;CIPHER_PASSWORD=hidden1",
                "jdbc:postgresql://h/db?sslpassword=hidden%31"
            })
    void hidesWhatIsSecretInMessagesOfAnyForm(String url) {
        CatalogConnection connection = new CatalogConnection(
                "c",
                "JDBC",
                Map.of(
                        "JDBC_CONNECTION_URL",
                        url,
                        "USERNAME",
                        "scott",
                        "PASSWORD",
                        "hidden2",
                        "SECRET_ID",
                        "my-secret"));

        String message = connection
                .failed("does not answer: login of scott with 'hidden1' or hidden2 at " + url)
                .getMessage();

        assertThat(message).contains("Connection c", "scott", "***").doesNotContain("hidden1", "hidden%31", "hidden2");
        assertThat(connection.toString()).doesNotContain("hidden");
    }
}
