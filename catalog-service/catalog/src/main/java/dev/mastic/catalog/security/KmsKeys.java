package dev.mastic.catalog.security;

import dev.mastic.catalog.store.Errors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.EncryptionConfiguration;

/** Modes of encryption that need a key of AWS KMS. */
final class KmsKeys {
    private static final String NEEDS_A_KEY = "-KMS";

    private KmsKeys() {}

    static void check(String what, EncryptionConfiguration encryption) {
        encryption
                .s3Encryption()
                .forEach(s3 -> check(what, "S3Encryption", s3.s3EncryptionModeAsString(), s3.kmsKeyArn()));
        if (encryption.cloudWatchEncryption() != null) {
            check(
                    what,
                    "CloudWatchEncryption",
                    encryption.cloudWatchEncryption().cloudWatchEncryptionModeAsString(),
                    encryption.cloudWatchEncryption().kmsKeyArn());
        }
        if (encryption.jobBookmarksEncryption() != null) {
            check(
                    what,
                    "JobBookmarksEncryption",
                    encryption.jobBookmarksEncryption().jobBookmarksEncryptionModeAsString(),
                    encryption.jobBookmarksEncryption().kmsKeyArn());
        }
        if (encryption.dataQualityEncryption() != null) {
            check(
                    what,
                    "DataQualityEncryption",
                    encryption.dataQualityEncryption().dataQualityEncryptionModeAsString(),
                    encryption.dataQualityEncryption().kmsKeyArn());
        }
    }

    private static void check(String what, String member, @Nullable String mode, @Nullable String key) {
        if (mode != null && mode.endsWith(NEEDS_A_KEY) && (key == null || key.isEmpty())) {
            throw Errors.invalid(what + ": " + member + " has the mode " + mode + " and no KmsKeyArn");
        }
    }
}
