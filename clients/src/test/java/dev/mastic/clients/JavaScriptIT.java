package dev.mastic.clients;

import dev.mastic.clients.ForeignProgram.Answer;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class JavaScriptIT {
    private static final String MISSING =
            "This needs Node.js 20 or newer with npm: apt-get install nodejs npm, or https://nodejs.org";
    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "catalog.test.js");

    /** How npm names a registry that it did not reach; anything else that it reports fails the test. */
    private static final Pattern OFFLINE = Pattern.compile(
            "\\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET"
                    + "|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTCACHED|ECONNECTIONTIMEOUT|EIDLETIMEOUT|ERESPONSETIMEOUT|ETRANSFERTIMEOUT|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\\b");

    @Test
    void theSdkFindsTheCatalogThatItKnows() throws Exception {
        assumeTrue(
                ForeignProgram.answers("node", "-e", "process.exit(process.versions.node.split('.')[0] >= 20 ? 0 : 1)"),
                MISSING);
        assumeTrue(ForeignProgram.answers("npm", "--version"), MISSING);
        Path folder = copySources();
        installTheSdk(folder);

        Answer answer = ForeignProgram.run(folder, List.of("node", "--test", "--test-reporter=tap", "catalog.test.js"));

        assertThat(answer.status()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("# fail 0", "# skipped 0").doesNotContain("# pass 0");
    }

    @Test
    void itsLockNamesThePublicRegistryAlone() throws Exception {
        assertThat(Files.readString(SOURCES.resolve("package-lock.json")).lines())
                .filteredOn(line -> line.contains("\"resolved\":"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("\"https://registry.npmjs.org/"));
    }

    private static void installTheSdk(Path folder) throws Exception {
        Answer answer = ForeignProgram.execute(
                folder,
                List.of(
                        "npm",
                        "ci",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline",
                        "--fetch-retries=1",
                        "--fetch-timeout=20000"),
                Map.of());
        assumeFalse(
                answer.status() != 0 && OFFLINE.matcher(answer.text()).find(),
                () ->
                        "npm does not reach its registry, and its cache has not all of the SDK: run this once while online. "
                                + answer.text());
        assertThat(answer.status()).as(answer.text()).isZero();
    }

    private static Path copySources() throws IOException {
        // Beside target's other folders, so that node_modules never is in the source tree.
        Path target = Files.createDirectories(Path.of("target", "js").toAbsolutePath());
        for (String name : FILES) {
            Files.copy(SOURCES.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        return target;
    }
}
