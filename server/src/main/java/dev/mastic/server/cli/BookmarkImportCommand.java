package dev.mastic.server.cli;

import dev.mastic.server.config.ConfigException;
import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code mastic bookmark import}. */
@Command(
        name = "import",
        header = "Makes the lines of mastic bookmark export the bookmark of a job, all or nothing.",
        description = "Refused while a run of the job has not ended.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class BookmarkImportCommand implements Callable<Integer> {
    private static final int LINES_AT_ONCE = 5_000;

    @Parameters(paramLabel = "JOB", index = "0")
    private String job;

    @Parameters(paramLabel = "FILE", index = "1", arity = "0..1", description = "Standard input without it")
    private @Nullable Path file;

    @Option(names = "--replace", description = "Replace the bookmark that the job has")
    private boolean replace;

    @Option(names = "--json", description = "Print JSON")
    private boolean json;

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (BufferedReader lines = file == null
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(file)) {
            return send(lines);
        } catch (NoSuchFileException e) {
            throw new ConfigException("File " + file + " not found; make it by 'mastic bookmark export'");
        }
    }

    private int send(BufferedReader lines) throws IOException {
        ApiClient client = remote.client();
        Map<String, String> query = Map.of("replace", String.valueOf(replace));
        String begun = client.post(BookmarkPaths.of(job, "/imports", query));
        String imports = "/imports/" + Json.read(begun, Map.class).get("importId");
        List<String> batch = new ArrayList<>();
        long first = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            batch.add(line);
            if (batch.size() == LINES_AT_ONCE) {
                add(client, imports, first, batch);
                first += batch.size();
                batch.clear();
            }
        }
        add(client, imports, first, batch);
        String answer = client.post(BookmarkPaths.of(job, imports + "/finish", query));
        Object objects = Json.read(answer, Map.class).get("objects");
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? answer
                                : String.format(Locale.ROOT, "Job %s now knows %s objects as read", job, objects));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void add(ApiClient client, String imports, long first, List<String> batch) {
        if (!batch.isEmpty()) {
            client.post(
                    BookmarkPaths.of(job, imports + "/lines", Map.of("first", String.valueOf(first))),
                    String.join("\n", batch).getBytes(StandardCharsets.UTF_8));
        }
    }
}
