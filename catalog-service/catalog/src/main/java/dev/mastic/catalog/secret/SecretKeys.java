package dev.mastic.catalog.secret;

import software.amazon.awssdk.services.glue.model.GlueEncryptionException;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys of a server: the first encrypts, all decrypt. A secret becomes {@code v1:KEY-ID:BASE64} with the nonce before
 * AES-256-GCM's output, and is bound to its owner: put beside another owner it does not decrypt. Immutable, so
 * thread-safe; shows no key.
 */
public final class SecretKeys {
    private static final String VERSION = "v1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MasterKey current;
    private final Map<String, MasterKey> keys;

    private SecretKeys(List<MasterKey> keys) {
        this.current = keys.get(0);
        this.keys = keys.stream()
                .collect(Collectors.toMap(MasterKey::id, key -> key, (first, same) -> first, LinkedHashMap::new));
    }

    /**
     * Reads keys.
     *
     * @param text a key per line, each 32 bytes in base64; the first encrypts, the others are older ones
     * @param source names where the text is from, for messages
     * @throws InvalidKeyException when there is no key, or one is not 32 bytes in base64
     */
    public static SecretKeys parse(String text, String source) {
        List<MasterKey> keys = text.lines()
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .map(line -> MasterKey.ofBase64(line, source))
                .toList();
        if (keys.isEmpty()) {
            throw new InvalidKeyException(
                    "There is no key in " + source + "; make one by: openssl rand -base64 " + MasterKey.BYTES);
        }
        return new SecretKeys(keys);
    }

    /** A new random key, in the form that {@link #parse} reads. */
    public static String random() {
        byte[] bytes = new byte[MasterKey.BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    /**
     * Encrypts one secret with a nonce of its own.
     *
     * @param owner what the secret is of; decrypts with the same owner alone
     */
    public Encrypted encrypt(String secret, String owner) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, current, nonce, owner).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            String text =
                    VERSION + ":" + current.id() + ":" + Base64.getEncoder().encodeToString(all);
            return new Encrypted(current.id(), text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot encrypt with " + CIPHER, e);
        }
    }

    /**
     * The secret again.
     *
     * @throws GlueEncryptionException when the text is not one that was made for that owner with a key that is here
     */
    public String decrypt(String text, String owner) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw failed("The secrets of " + owner + " are not in a form that this version of Mastic knows");
        }
        MasterKey key = keys.get(parts[1]);
        if (key == null) {
            throw failed("The secrets of " + owner + " are encrypted with the key " + parts[1]
                    + ", which this server does not have; it has " + keys.keySet()
                    + ". Add the key to catalog.secret-key-file");
        }
        try {
            byte[] all = Base64.getDecoder().decode(parts[2]);
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, owner);
            return new String(
                    cipher.doFinal(all, NONCE_BYTES, Math.max(0, all.length - NONCE_BYTES)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw failed("The secrets of " + owner + " were changed in the database: they do not decrypt. Give them"
                    + " again by an update");
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static GlueEncryptionException failed(String message) {
        return GlueEncryptionException.builder().message(message).build();
    }

    MasterKey current() {
        return current;
    }

    Set<String> ids() {
        return keys.keySet();
    }

    boolean has(String id, String fingerprint) {
        MasterKey key = keys.get(id);
        return key != null && key.fingerprint().equals(fingerprint);
    }

    @Override
    public String toString() {
        return "SecretKeys" + keys.keySet();
    }

    /**
     * An encrypted secret.
     *
     * @param keyId id of its key
     * @param text what is kept of it
     */
    public record Encrypted(String keyId, String text) {}
}
