package dev.mastic.orchestration.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a driver proves with that it is the one that was started for an attempt; the server keeps only its hash.
 *
 * @param text 256 random bits
 */
record AttemptToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static AttemptToken create() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new AttemptToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether the hash is this token's, in a time that does not tell where they differ. */
    boolean matches(byte[] hash) {
        return MessageDigest.isEqual(hash(), hash);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AttemptToken[...]";
    }
}
