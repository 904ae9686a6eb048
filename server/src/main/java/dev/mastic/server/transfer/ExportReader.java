package dev.mastic.server.transfer;

import dev.mastic.wire.GlueJson;
import dev.mastic.wire.WireException;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an export, a line at a time. For one thread. */
public final class ExportReader implements AutoCloseable {
    /** One table may have 2 MB of columns; nothing that we write is near this. */
    private static final int LONGEST_LINE = 64 << 20;

    private static final int LONGEST_HEADER = 1 << 10;
    private static final int TAIL = 1 << 12;
    private static final String END = "{\"end\":";
    private static final Pattern MEMBER = Pattern.compile("\\s*\\{\\s*\"(\\w+)\"\\s*:(.*)}\\s*", Pattern.DOTALL);

    private final InputStream in;
    private final String name;
    private final long size;
    private final Map<EntryKind, Long> counts = new EnumMap<>(EntryKind.class);
    private long position;
    private volatile double done;
    private long lines;
    private boolean atEnd;

    private ExportReader(InputStream in, String name, long size) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.name = name;
        this.size = size;
    }

    /**
     * Of a file, whose end is looked at first.
     *
     * @throws TransferException when it is no whole export
     */
    public static ExportReader of(Path file) {
        if (!Files.exists(file)) {
            throw new TransferException("There is no file " + file + " (looked for " + file.toAbsolutePath() + ")");
        }
        if (!Files.isRegularFile(file)) {
            throw new TransferException(file + " is not a file");
        }
        try {
            ExportReader reader = new ExportReader(Files.newInputStream(file), file.toString(), Files.size(file));
            try (InputStream start = Files.newInputStream(file)) {
                new ExportReader(start, file.toString(), 0).header();
            }
            reader.requireEnd(file);
            return reader;
        } catch (IOException e) {
            throw new TransferException(file + " cannot be read: " + e, e);
        }
    }

    /** Of a stream, {@code name} for messages. Whether it is whole shows at its end. */
    public static ExportReader of(InputStream in, String name) {
        return new ExportReader(in, name, -1);
    }

    private void requireEnd(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(TAIL, bytes.length());
            byte[] tail = new byte[length];
            bytes.seek(bytes.length() - length);
            bytes.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8).stripTrailing();
            if (!text.substring(text.lastIndexOf('\n') + 1).startsWith(END)) {
                throw new TransferException(name + " is cut off: its last line is not the end of an export. Nothing was"
                        + " imported; export again");
            }
        }
    }

    /** How much of the file was read, from 0 to 1; negative when that is not known. Thread-safe. */
    public double done() {
        return done;
    }

    /**
     * Hands over every thing.
     *
     * @throws TransferException when it is not an export of this format, or not whole
     */
    public void read(Consumer<GlueRequest> sink) {
        try {
            header();
            for (String line = line(LONGEST_LINE); line != null; line = line(LONGEST_LINE)) {
                Matcher member = MEMBER.matcher(line);
                if (atEnd && !line.startsWith(END)) {
                    break;
                }
                if (!member.matches()) {
                    throw broken("expected a JSON object with one member");
                }
                String operation = member.group(1);
                if (operation.equals("end")) {
                    end(line);
                    return;
                }
                EntryKind kind = EntryKind.ofOperation(operation)
                        .orElseThrow(() -> broken("'" + operation + "' is not known to this version of Mastic"));
                sink.accept(entry(kind, member.group(2)));
                counts.merge(kind, 1L, Long::sum);
            }
            throw new TransferException(name + " is cut off at line " + lines
                    + ": an export ends with a line of counts. What came before was imported; export again, and import"
                    + " with --if-exists skip");
        } catch (IOException e) {
            throw new TransferException(name + " cannot be read: " + e, e);
        }
    }

    private void header() throws IOException {
        String line = line(LONGEST_HEADER);
        Object format = null;
        try {
            format = line == null
                    ? null
                    : Json.readObject(line.getBytes(StandardCharsets.UTF_8)).get("format");
        } catch (RestException e) {
            throw foreign(e);
        }
        if (format instanceof String text && text.startsWith("mastic-catalog/") && !text.equals(ExportWriter.FORMAT)) {
            throw new TransferException(name + " has the format " + text + "; this version of Mastic reads "
                    + ExportWriter.FORMAT + ". Import it by the version that wrote it, or a newer one");
        }
        if (!ExportWriter.FORMAT.equals(format)) {
            throw foreign(null);
        }
    }

    private TransferException foreign(@Nullable Throwable cause) {
        String message = name + " is not an export of a catalog: its first line is not {\"format\":\""
                + ExportWriter.FORMAT + "\"}. Make one by 'mastic catalog export'";
        return cause == null ? new TransferException(message) : new TransferException(message, cause);
    }

    private GlueRequest entry(EntryKind kind, String json) {
        GlueRequest request;
        try {
            request = GlueJson.read(json, kind.type());
        } catch (WireException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
        if (EntryKind.name(request) == null) {
            throw broken(kind.operation() + " does not name what it makes");
        }
        return request;
    }

    private void end(String line) throws IOException {
        Object end = readObject(line).get("end");
        for (EntryKind kind : EntryKind.values()) {
            long found = counts.getOrDefault(kind, 0L);
            Object expected = end instanceof Map<?, ?> map ? map.get(kind.plural()) : null;
            if (!(expected instanceof Number number) || number.longValue() != found) {
                throw broken(
                        "the export ends with " + kind.plural() + " " + expected + ", and " + found + " were read");
            }
        }
        if (line(LONGEST_LINE) != null) {
            throw broken("there is more after the end");
        }
    }

    private Map<String, Object> readObject(String line) {
        try {
            return Json.readObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (RestException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private TransferException broken(String reason) {
        return new TransferException("Line " + lines + " of " + name + " cannot be imported: " + reason);
    }

    /** The next line that is not blank; null at the end. */
    private @Nullable String line(int longest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            position++;
            if (next >= 0 && next != '\n') {
                line.write(next);
                if (line.size() > longest) {
                    if (lines == 0) {
                        throw foreign(null);
                    }
                    lines++;
                    throw broken("it is longer than " + longest + " bytes");
                }
                continue;
            }
            lines++;
            atEnd = next < 0;
            done = size <= 0 ? -1 : (double) position / size;
            String text = line.toString(StandardCharsets.UTF_8);
            if (!text.isBlank()) {
                return text;
            }
            if (next < 0) {
                return null;
            }
            line.reset();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
