package dev.mastic.crawler.classify.format;

import dev.mastic.crawler.classify.BinaryFormat;
import dev.mastic.crawler.classify.ColumnProfile;
import dev.mastic.crawler.classify.Compression;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.lzo.LzoDecompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import org.apache.orc.OrcProto;
import org.apache.orc.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The end of an ORC file, where its schema and its number of rows are. No stripe is ever read.
 *
 * @param tail the last bytes of the file
 * @see <a href="https://orc.apache.org/specification/ORCv1/">ORC's specification</a>
 */
public record OrcTail(StoredObject object, byte[] tail) {
    /** Enough for the footers of most files. */
    public static final int FIRST_TAIL = 16 << 10;

    private static final byte[] MAGIC = "ORC".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_FOOTER = 16 << 20;
    private static final int LARGEST_CHUNK = 16 << 20;
    private static final int CHUNK_HEADER = 3;

    /** Whether bytes start as an ORC file does. */
    public static boolean startsAsOrc(byte[] head) {
        return Magic.at(head, MAGIC);
    }

    /** Whether the file ends as an ORC file does: ORC's mark is the last field of its postscript. */
    public boolean endsAsOrc() {
        int mark = tail.length - 1 - MAGIC.length;
        return mark >= 0 && Arrays.equals(tail, mark, mark + MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * How many bytes at the end of the file must be read to have the footer.
     *
     * @throws UnreadableFileException when the file does not end as ORC files do
     */
    public long bytesNeeded() {
        OrcProto.PostScript postScript = postScript();
        long footer = postScript.getFooterLength();
        long needed = footer + postScriptLength() + 1;
        if (footer <= 0 || footer > LARGEST_FOOTER || needed > object.size()) {
            throw new UnreadableFileException("its ORC footer says that it has " + footer + " bytes in a file of "
                    + object.size() + ": the file is damaged");
        }
        return needed;
    }

    /**
     * What the footer says.
     *
     * @throws UnreadableFileException when it is damaged
     */
    public FileProfile profile() {
        int needed = Math.toIntExact(bytesNeeded());
        OrcProto.PostScript postScript = postScript();
        byte[] packed = Arrays.copyOfRange(
                tail, tail.length - needed, tail.length - needed + (int) postScript.getFooterLength());
        OrcProto.Footer footer;
        try {
            footer = OrcProto.Footer.parseFrom(unpack(packed, postScript));
        } catch (UnreadableFileException e) {
            throw e;
        } catch (InvalidProtocolBufferException | DataFormatException | RuntimeException e) {
            throw new UnreadableFileException("its ORC footer is damaged: " + e.getMessage(), e);
        }
        List<ColumnProfile> columns = new OrcTypes(footer.getTypesList()).columns();
        boolean unnamed = !columns.isEmpty()
                && columns.stream().allMatch(column -> column.name().matches("_col\\d+"));
        return new FileProfile(
                object,
                new BinaryFormat.Orc(),
                Compression.NONE,
                columns,
                false,
                footer.getNumberOfRows(),
                true,
                tail.length,
                List.of("ORC footer of " + postScript.getFooterLength() + " bytes, codec "
                        + postScript.getCompression()),
                unnamed
                        ? List.of("its columns are called _col0, _col1 ..., as old versions of Hive wrote them:"
                                + " engines match such files by position")
                        : List.of());
    }

    private int postScriptLength() {
        return tail[tail.length - 1] & 0xff;
    }

    private OrcProto.PostScript postScript() {
        if (tail.length == 0 || tail.length < postScriptLength() + 1) {
            throw cutOff(null);
        }
        try {
            OrcProto.PostScript postScript = OrcProto.PostScript.parseFrom(
                    Arrays.copyOfRange(tail, tail.length - 1 - postScriptLength(), tail.length - 1));
            if (!postScript.getMagic().equals("ORC")) {
                throw cutOff(null);
            }
            return postScript;
        } catch (InvalidProtocolBufferException e) {
            throw cutOff(e);
        }
    }

    private static byte[] unpack(byte[] packed, OrcProto.PostScript postScript) throws DataFormatException {
        if (postScript.getCompression() == OrcProto.CompressionKind.NONE) {
            return packed;
        }
        int chunk = (int) Math.min(LARGEST_CHUNK, Math.max(1, postScript.getCompressionBlockSize()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at + CHUNK_HEADER <= packed.length) {
            int header = (packed[at] & 0xff) | (packed[at + 1] & 0xff) << 8 | (packed[at + 2] & 0xff) << 16;
            int length = header >>> 1;
            at += CHUNK_HEADER;
            if (length > packed.length - at || out.size() > LARGEST_FOOTER) {
                throw new DataFormatException("a chunk of " + length + " bytes does not fit");
            }
            if ((header & 1) == 1) {
                out.write(packed, at, length);
            } else {
                byte[] plain = new byte[chunk];
                out.write(plain, 0, unpack(packed, at, length, plain, postScript.getCompression()));
            }
            at += length;
        }
        return out.toByteArray();
    }

    private static int unpack(byte[] packed, int at, int length, byte[] plain, OrcProto.CompressionKind kind)
            throws DataFormatException {
        if (kind == OrcProto.CompressionKind.ZLIB) {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(packed, at, length);
                return inflater.inflate(plain);
            } finally {
                inflater.end();
            }
        }
        Decompressor decompressor = switch (kind) {
            case SNAPPY -> new SnappyDecompressor();
            case LZO -> new LzoDecompressor();
            case LZ4 -> new Lz4Decompressor();
            case ZSTD -> new ZstdDecompressor();
            default ->
                throw new UnreadableFileException("its ORC footer is packed by " + kind
                        + ", which is not read; write the file with zlib, snappy, lz4 or zstd");
        };
        return decompressor.decompress(packed, at, length, plain, 0, plain.length);
    }

    private static UnreadableFileException cutOff(@Nullable Exception cause) {
        String text = "it is not a whole ORC file: the footer is missing at its end; write it again";
        return cause == null ? new UnreadableFileException(text) : new UnreadableFileException(text, cause);
    }
}
