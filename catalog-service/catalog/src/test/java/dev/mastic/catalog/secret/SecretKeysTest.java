package dev.mastic.catalog.secret;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.GlueEncryptionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretKeysTest {
    private final String text = SecretKeys.random();
    private final SecretKeys keys = SecretKeys.parse(text, "a test");

    @Test
    void decryptsForTheSameOwnerAlone() {
        String encrypted =
                keys.encrypt("hunter2 ü \uD83D\uDE00", "connection/a").text();

        assertThat(encrypted).startsWith("v1:" + keys.current().id() + ":").doesNotContain("hunter2");
        assertThat(keys.decrypt(encrypted, "connection/a")).isEqualTo("hunter2 ü \uD83D\uDE00");
        assertThatThrownBy(() -> keys.decrypt(encrypted, "connection/b"))
                .isInstanceOf(GlueEncryptionException.class)
                .hasMessageContaining("connection/b were changed");
    }

    @Test
    void encryptsTheSameSecretToAnotherTextEachTime() {
        assertThat(keys.encrypt("s", "o").text())
                .isNotEqualTo(keys.encrypt("s", "o").text());
    }

    @Test
    void refusesTextsThatWereChangedOrAreNone() {
        String encrypted = keys.encrypt("secret", "o").text();
        char last = encrypted.charAt(encrypted.length() - 3);
        String changed = encrypted.substring(0, encrypted.length() - 3)
                + (last == 'A' ? 'B' : 'A')
                + encrypted.substring(encrypted.length() - 2);

        for (String text : new String[] {
            changed,
            "",
            "v1:x",
            "v2:" + encrypted.substring(3),
            "v1:" + keys.current().id() + ":AAAA",
            "v1:" + keys.current().id() + ":?"
        }) {
            assertThatThrownBy(() -> keys.decrypt(text, "o")).as(text).isInstanceOf(GlueEncryptionException.class);
        }
    }

    @Test
    void decryptsWithOlderKeysAndNamesAMissingOne() {
        String old = keys.encrypt("secret", "o").text();
        SecretKeys rotated = SecretKeys.parse(SecretKeys.random() + "\n" + text, "a test");
        SecretKeys other = SecretKeys.parse(SecretKeys.random(), "a test");

        assertThat(rotated.decrypt(old, "o")).isEqualTo("secret");
        assertThat(rotated.encrypt("s", "o").keyId())
                .isNotEqualTo(keys.current().id());
        assertThatThrownBy(() -> other.decrypt(old, "o"))
                .isInstanceOf(GlueEncryptionException.class)
                .hasMessageContaining(keys.current().id())
                .hasMessageContaining("catalog.secret-key-file");
    }

    @Test
    void refusesKeysThatAreNoneAndShowsNone() {
        for (String bad : new String[] {"AAAA", "?", text.trim() + "AAAA"}) {
            assertThatThrownBy(() -> SecretKeys.parse(bad, "the file k"))
                    .isInstanceOf(InvalidKeyException.class)
                    .hasMessageContaining("the file k")
                    .hasMessageContaining("openssl rand -base64 32")
                    .hasMessageNotContaining(text.trim());
        }
        assertThatThrownBy(() -> SecretKeys.parse("\n", "the file k")).hasMessageContaining("no key in the file k");
        assertThat(keys.toString() + keys.current()).doesNotContain(text.trim());
    }
}
