package dev.mastic.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where tests may write: below {@code target} folders alone. */
public final class TestFolders {
    private TestFolders() {}

    /** The repository's root. */
    public static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("Tests run inside the repository; there is no mvnw above "
                    + Path.of("").toAbsolutePath());
        }
        return folder;
    }

    /** PostgreSQL's programs, unpacked once for all modules. */
    public static Path postgresBinaries() {
        return repository().resolve("target/postgres-binaries");
    }

    /** A new empty folder below the module's {@code target}. */
    public static Path create(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "test-data").toAbsolutePath());
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
