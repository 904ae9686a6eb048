package dev.mastic.wire.sigv4;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** The access keys that a server accepts. Implementations are thread-safe. */
@FunctionalInterface
public interface AccessKeys {

    /** The key of that id. */
    Optional<AccessKey> find(String accessKeyId);

    /**
     * An access key and whose it is.
     *
     * @param principal name of the user, for logs and {@code CreatedBy}
     * @param sessionToken what requests by a temporary key must bring; null for a long-term key
     */
    record AccessKey(
            String id,
            String secret,
            String principal,
            @Nullable String sessionToken) {
        /** A long-term key. */
        public AccessKey(String id, String secret, String principal) {
            this(id, secret, principal, null);
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return "AccessKey[id=" + id + ", principal=" + principal + "]";
        }
    }
}
