package dev.mastic.catalog.connection.reach;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MasksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://h:5432/db | jdbc:postgresql://h:5432/db",
                "jdbc:postgresql://h/db?user=u&password=p%20&ssl=true | jdbc:postgresql://h/db?user=u&password=***&ssl=true",
                "jdbc:sqlserver://h:1433;user=a@b;password=p;x=y | jdbc:sqlserver://h:1433;user=a@b;password=***;x=y",
                "jdbc:db2://h:50000/db:user=u;password=p; | jdbc:db2://h:50000/db:user=u;password=***;",
                "jdbc:oracle:thin:scott/p@//h:1521/x | jdbc:oracle:thin:scott/***@//h:1521/x",
                "jdbc:mysql://u:p@ss/w@h:3306/db | jdbc:mysql://u:***@h:3306/db",
                "mongodb+srv://u:p@h/db | mongodb+srv://u:***@h/db",
                "https://h/x?access_token=p | https://h/x?access_token=***",
                "h1:9092,h2:9092 | h1:9092,h2:9092",
            })
    void masksPasswordsInAddresses(String address, String masked) {
        assertThat(Masks.mask(address)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSWORD, true",
        "ENCRYPTED_KAFKA_SASL_SCRAM_PASSWORD, true",
        "KAFKA_CLIENT_KEYSTORE_PASSWORD, true",
        "sfPassword, true",
        "client_secret, true",
        "aws_secret_access_key, true",
        "USERNAME, false",
        "SECRET_ID, false",
        "KAFKA_SASL_SCRAM_SECRETS_ARN, false",
        "KAFKA_CLIENT_KEYSTORE, false",
        "tokenUrl, false"
    })
    void knowsSecretsByTheirNames(String property, boolean secret) {
        assertThat(Masks.isSecret(property)).isEqualTo(secret);
    }

    @Test
    void masksGivenSecretsWhereverTheyAre() {
        assertThat(Masks.mask("login of u with pass and pass2 failed", List.of("pass", "pass2", "")))
                .isEqualTo("login of u with *** and *** failed");
    }
}
