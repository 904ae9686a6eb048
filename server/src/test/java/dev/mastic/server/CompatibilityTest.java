package dev.mastic.server;

import dev.mastic.wire.GlueOperation;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds COMPATIBILITY.md to what the code has; {@code -Dmastic.update-docs=true} writes it anew. */
class CompatibilityTest {
    private static final Path FILE = Path.of("../COMPATIBILITY.md");

    @Test
    void theDocumentSaysWhatTheCodeHas() throws IOException {
        String expected = Compatibility.document();
        if (Boolean.getBoolean("mastic.update-docs")) {
            Files.writeString(FILE, expected);
        }

        assertThat(Files.readString(FILE)).isEqualTo(expected);
    }

    @Test
    void knowsEveryOperationOfTheSdk() {
        Set<String> names = GlueOperation.all().keySet();

        assertThat(names).hasSizeGreaterThan(300).contains("CreateMLTransform", "GetTable", "BatchCreatePartition");
        assertThat(names).containsAll(Compatibility.partial().keySet());
    }
}
