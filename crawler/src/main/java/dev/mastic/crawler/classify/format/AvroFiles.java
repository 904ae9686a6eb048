package dev.mastic.crawler.classify.format;

import dev.mastic.crawler.classify.BinaryFormat;
import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.Sample;
import dev.mastic.crawler.classify.unpack.Unpacked;
import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Avro's container files: the schema in the header, and the number of rows in front of each block. No row is read. */
public final class AvroFiles {
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC = 16;
    private static final String SCHEMA = "avro.schema";
    private static final int MOST_MEMBERS = 1000;

    private AvroFiles() {}

    /** Whether bytes start as an Avro container does. */
    public static boolean startsAsAvro(byte[] head) {
        return Magic.at(head, MAGIC);
    }

    /** @throws UnreadableFileException when the header is cut off or its schema is broken or no record */
    public static FileProfile profile(Sample sample, Unpacked content) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(content.bytes());
        BinaryDecoder in = DecoderFactory.get().directBinaryDecoder(bytes, null);
        Map<String, String> header = header(in);
        String text = header.getOrDefault(SCHEMA, "");
        Schema schema = schema(text);
        AvroTypes types = new AvroTypes();
        List<ColumnProfile> columns = types.columns(schema);
        int rest = bytes.available();
        Blocks blocks = blocks(in, bytes);
        if (content.whole() && !blocks.whole()) {
            throw new UnreadableFileException(
                    "its last Avro block is cut off: put the whole file there again; engines fail at its end");
        }
        double part = content.fraction(sample.object().size()) * blocks.bytes() / Math.max(1, rest);
        return new FileProfile(
                sample.object(),
                new BinaryFormat.Avro(text),
                content.compression(),
                columns,
                false,
                content.whole() ? blocks.rows() : Math.round(blocks.rows() / Math.max(part, 1e-9)),
                content.whole(),
                sample.bytes().length,
                List.of("Avro header, record " + schema.getFullName() + ", codec "
                        + header.getOrDefault("avro.codec", "null")),
                types.warnings());
    }

    /**
     * The columns of a record's schema, as JSON.
     *
     * @throws UnreadableFileException when the schema is broken or no record
     */
    public static List<ColumnProfile> columns(String schema) {
        return new AvroTypes().columns(schema(schema));
    }

    /**
     * Whether a schema says exactly these columns.
     *
     * @param types Hive's types by column name
     * @throws UnreadableFileException when the schema is broken or no record
     */
    public static boolean says(String schema, Map<String, String> types) {
        List<ColumnProfile> columns = columns(schema);
        return columns.size() == types.size()
                && columns.stream().allMatch(column -> column.type().hive().equals(types.get(column.key())));
    }

    private static Map<String, String> header(BinaryDecoder in) {
        Map<String, String> header = new HashMap<>();
        try {
            in.skipFixed(MAGIC.length);
            for (long count = in.readMapStart(); count != 0; count = in.mapNext()) {
                if (count < 0 || header.size() + count > MOST_MEMBERS) {
                    throw new IOException("its header has " + count + " members");
                }
                for (long i = 0; i < count; i++) {
                    String name = in.readString();
                    header.put(
                            name,
                            StandardCharsets.UTF_8.decode(in.readBytes(null)).toString());
                }
            }
            in.skipFixed(SYNC);
            return header;
        } catch (EOFException e) {
            throw new UnreadableFileException(
                    "its Avro header is cut off, or longer than the " + Sample.MOST_BYTES + " bytes that are read", e);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException("its Avro header is damaged: " + e.getMessage(), e);
        }
    }

    private static Schema schema(String text) {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(text);
        } catch (RuntimeException e) { // of a name that nothing defines Avro 1.12 says so by a NullPointerException
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UnreadableFileException(
                    "its Avro schema is broken: " + reason + "; write the file with a valid schema", e);
        }
        if (schema.getType() != Schema.Type.RECORD) {
            throw new UnreadableFileException(
                    "its Avro schema is " + schema.getType().getName() + "; only records are tables");
        }
        return schema;
    }

    /**
     * The blocks of a content.
     *
     * @param bytes how many bytes hold those rows; of a block that is cut its whole length
     */
    private record Blocks(long rows, long bytes, boolean whole) {}

    /** Counts the rows of the blocks, stepping over their content. */
    private static Blocks blocks(BinaryDecoder in, ByteArrayInputStream bytes) {
        int length = bytes.available();
        long rows = 0;
        int end = 0;
        try {
            while (bytes.available() > 0) {
                long count = in.readLong();
                long size = in.readLong();
                if (count < 0 || size < 0) {
                    return new Blocks(rows, end, false);
                } else if (size + SYNC > bytes.available()) {
                    return new Blocks(rows + count, length - bytes.available() + size + SYNC, false);
                }
                in.skipFixed((int) size + SYNC);
                rows += count;
                end = length - bytes.available();
            }
            return new Blocks(rows, end, true);
        } catch (IOException | RuntimeException e) {
            // Cut inside of a number: the blocks before it count.
            return new Blocks(rows, end, false);
        }
    }
}
