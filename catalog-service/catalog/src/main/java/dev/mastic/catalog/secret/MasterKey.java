package dev.mastic.catalog.secret;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;

/** One key of 256 bits. Immutable; shows its id, never itself. */
final class MasterKey {
    static final int BYTES = 32;

    private static final int DIGITS_OF_AN_ID = 16;
    private static final String FINGERPRINTED = "mastic: fingerprint of a master key";

    private final SecretKey key;
    private final String fingerprint;

    private MasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.fingerprint = fingerprint(bytes);
    }

    /**
     * The key of that text.
     *
     * @param source names the text, for the message
     * @throws InvalidKeyException when it is not 32 bytes in base64
     */
    static MasterKey ofBase64(String text, String source) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == BYTES) {
                return new MasterKey(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw invalid(source);
        }
        throw invalid(source);
    }

    private static InvalidKeyException invalid(String source) {
        return new InvalidKeyException("A key in " + source + " is not " + BYTES
                + " bytes in base64; make one by: openssl rand -base64 " + BYTES);
    }

    /** A keyed hash of a constant: tells keys apart and does not lead back to them. */
    private static String fingerprint(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(FINGERPRINTED.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256", e);
        }
    }

    SecretKey key() {
        return key;
    }

    String id() {
        return fingerprint.substring(0, DIGITS_OF_AN_ID);
    }

    String fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "MasterKey[" + id() + "]";
    }
}
