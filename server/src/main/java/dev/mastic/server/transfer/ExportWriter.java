package dev.mastic.server.transfer;

import dev.mastic.wire.GlueJson;
import dev.mastic.wire.rest.Json;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes an export: a line with the format, a line for each thing, and a line with the counts, without which no export is
 * whole. A file appears under its name when it is whole. For one thread.
 */
public final class ExportWriter implements Consumer<GlueRequest>, AutoCloseable {
    /** Name and version of the format. */
    static final String FORMAT = "mastic-catalog/1";

    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final @Nullable Path file;
    private final @Nullable Path partial;
    private final @Nullable FileChannel channel;
    private final Map<EntryKind, Long> counts = new EnumMap<>(EntryKind.class);

    private ExportWriter(OutputStream out, @Nullable Path file, @Nullable Path partial, @Nullable FileChannel channel) {
        this.out = out;
        this.file = file;
        this.partial = partial;
        this.channel = channel;
        for (EntryKind kind : EntryKind.values()) {
            counts.put(kind, 0L);
        }
        line(Json.text(Map.of("format", FORMAT)));
    }

    /**
     * To a file, in place of one that has the name.
     *
     * @throws TransferException when it cannot be written
     */
    public static ExportWriter to(Path file) {
        Path absolute = file.toAbsolutePath();
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
        if (Files.isDirectory(absolute)) {
            throw new TransferException(file + " is a folder; name a file in it");
        }
        try {
            FileChannel channel = FileChannel.open(
                    partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            return new ExportWriter(
                    new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), absolute, partial, channel);
        } catch (IOException e) {
            throw new TransferException("Cannot write " + partial + ": " + e, e);
        }
    }

    /** To a stream, which is not closed. */
    public static ExportWriter to(OutputStream out) {
        return new ExportWriter(new BufferedOutputStream(out, BUFFER), null, null, null);
    }

    @Override
    public void accept(GlueRequest request) {
        EntryKind kind = EntryKind.of(request);
        line("{\"" + kind.operation() + "\":" + GlueJson.write(request) + "}");
        counts.merge(kind, 1L, Long::sum);
    }

    private void line(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new TransferException("Cannot write the export: " + e, e);
        }
    }

    /**
     * Makes the export whole.
     *
     * @throws TransferException when it cannot be written
     */
    public void complete() {
        Map<String, Long> end = new LinkedHashMap<>();
        counts.forEach((kind, count) -> end.put(kind.plural(), count));
        line(Json.text(Map.of("end", end)));
        try {
            out.flush();
            if (channel != null && partial != null && file != null) {
                channel.force(true);
                channel.close();
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new TransferException("Cannot write the export: " + e, e);
        }
    }

    /** Leaves nothing behind of a file that is not whole. */
    @Override
    public void close() {
        try {
            if (channel != null && partial != null) {
                channel.close();
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
