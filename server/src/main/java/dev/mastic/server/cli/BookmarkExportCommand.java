package dev.mastic.server.cli;

import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code mastic bookmark export}. */
@Command(
        name = "export",
        header = "Prints a job's bookmark as lines of JSON, for mastic bookmark import.",
        description = "Fails when the bookmark changes meanwhile; what an active run holds is not in it.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // fields are set by picocli
final class BookmarkExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB")
    private String job;

    @Mixin
    private Remote remote;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ApiClient client = remote.client();
        PrintWriter out = spec.commandLine().getOut();
        Page page = Json.read(client.get(BookmarkPaths.of(job, "/export", Map.of())), Page.class);
        page.lines().forEach(out::println);
        while (page.next() != null) {
            String path = BookmarkPaths.of(job, "/export", Map.of("after", page.next()));
            page = Json.read(client.get(path), Page.class);
            page.lines().forEach(out::println);
        }
        out.flush();
        return 0;
    }

    private record Page(List<String> lines, @Nullable String next) {}
}
