package dev.mastic.server;

import dev.mastic.catalog.secret.SecretKeys;
import dev.mastic.server.config.ConfigException;
import dev.mastic.server.config.Setting;
import dev.mastic.server.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Where the keys of the catalog's secrets come from: a setting, a file, or a file that the first start makes. */
final class SecretKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretKeyFile.class);
    private static final String NAME = "secret.key";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SecretKeyFile() {}

    /**
     * The keys; empty when PostgreSQL is not the embedded one and no key is set. A key that was made for one data folder
     * could not be read by the other servers on that PostgreSQL.
     *
     * @throws ConfigException when a file cannot be read or made
     */
    static Optional<SecretKeys> read(Settings settings) {
        if (settings.optional(Setting.CATALOG_SECRET_KEY).isPresent()) {
            return Optional.of(SecretKeys.parse(settings.text(Setting.CATALOG_SECRET_KEY), "catalog.secret-key"));
        }
        if (settings.optional(Setting.CATALOG_SECRET_KEY_FILE).isPresent()) {
            return Optional.of(read(Path.of(settings.text(Setting.CATALOG_SECRET_KEY_FILE))));
        }
        if (settings.optional(Setting.POSTGRES).isPresent()) {
            return Optional.empty();
        }
        Path file = settings.data().resolve(NAME);
        if (!Files.exists(file)) {
            make(file);
        }
        return Optional.of(read(file));
    }

    private static SecretKeys read(Path file) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                LOG.warn("{} can be read by every user of this machine; make it the owner's alone: chmod 600", file);
            }
            return SecretKeys.parse(Files.readString(file, StandardCharsets.US_ASCII), "the file " + file);
        } catch (IOException e) {
            throw new ConfigException("The key of the catalog's secrets cannot be read from " + file + ": " + e
                    + ". Check catalog.secret-key-file");
        }
    }

    /** Whole or not at all: a start that is killed must not leave half a key. */
    private static void make(Path file) {
        Path part = file.resolveSibling(NAME + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, OWNER_ALONE);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(SecretKeys.random().getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ConfigException("The key of the catalog's secrets cannot be made at " + file + ": " + e
                    + ". Check that the data folder can be written");
        }
    }
}
