package dev.mastic.wire.sigv4;

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
     */
    record AccessKey(String id, String secret, String principal) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "AccessKey[id=" + id + ", principal=" + principal + "]";
        }
    }
}
