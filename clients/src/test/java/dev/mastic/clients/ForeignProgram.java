package dev.mastic.clients;

import dev.mastic.testing.TestFolders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs in other languages, with the AWS variables that lead them to the running server and nowhere else. */
final class ForeignProgram {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private ForeignProgram() {}

    /**
     * What a program said.
     *
     * @param out its standard output
     * @param error its standard error
     */
    record Answer(int status, String out, String error) {
        /** All of it, for the message of a test that fails. */
        String text() {
            return String.format(Locale.ROOT, "exit status %d%n%s%n%s", status, out, error);
        }
    }

    /** Whether this program is there and ends well. */
    static boolean answers(String... command) throws Exception {
        try {
            return execute(Path.of("target"), List.of(command), Map.of()).status() == 0;
        } catch (IOException e) {
            // The one thing that ProcessBuilder says of a program that is not installed.
            return false;
        }
    }

    /** Runs a program against the server. */
    static Answer run(Path folder, List<String> command) throws Exception {
        return execute(
                folder,
                command,
                Map.of(
                        "AWS_ENDPOINT_URL_GLUE",
                                RunningMastic.server().address().toString(),
                        "AWS_ACCESS_KEY_ID", RunningMastic.KEY,
                        "AWS_SECRET_ACCESS_KEY", RunningMastic.KEY));
    }

    /** Runs a program with these variables beside those that keep every AWS client away from the user's own settings. */
    static Answer execute(Path folder, List<String> command, Map<String, String> variables) throws Exception {
        Path output = TestFolders.create("program");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION", RunningMastic.REGION,
                        "AWS_DEFAULT_REGION", RunningMastic.REGION,
                        "AWS_CONFIG_FILE", output.resolve("no-config").toString(),
                        "AWS_SHARED_CREDENTIALS_FILE",
                                output.resolve("no-credentials").toString(),
                        "AWS_EC2_METADATA_DISABLED", "true",
                        "AWS_PAGER", "",
                        "AWS_MAX_ATTEMPTS", "1",
                        "PYTHONIOENCODING", "utf-8",
                        "LC_ALL", "C.UTF-8"));
        builder.environment().putAll(variables);
        Path out = output.resolve("out");
        Path error = output.resolve("error");
        Process process = builder.redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .redirectInput(Files.createFile(output.resolve("in")).toFile())
                .start();
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException(command + " did not end within " + LIMIT + ":\n" + read(out) + read(error));
        }
        return new Answer(process.exitValue(), read(out), read(error));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
