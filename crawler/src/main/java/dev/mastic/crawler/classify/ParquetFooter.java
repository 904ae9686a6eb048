package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a Parquet file, where its schema and counts are. No data page is ever read.
 *
 * @param tail the last bytes of the file
 */
public record ParquetFooter(StoredObject object, byte[] tail) {
    /** Enough for the footers of most files. */
    public static final int FIRST_TAIL = 64 << 10;

    private static final int TRAILER = 8;
    private static final int LARGEST = 64 << 20;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);

    /** Whether bytes start as a Parquet file does, also one whose footer is encrypted. */
    public static boolean startsAsParquet(byte[] head) {
        return head.length >= MAGIC.length
                && (Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                        || Arrays.equals(head, 0, MAGIC.length, ENCRYPTED, 0, MAGIC.length));
    }

    /** Whether the file ends as a Parquet file does. */
    public boolean endsAsParquet() {
        int start = tail.length - MAGIC.length;
        return start >= 0 && startsAsParquet(Arrays.copyOfRange(tail, start, tail.length));
    }

    /**
     * How many bytes at the end of the file must be read to have the footer.
     *
     * @throws UnreadableFileException when the file does not end as Parquet files do
     */
    public long bytesNeeded() {
        if (tail.length < TRAILER) {
            throw cutOff();
        }
        byte[] magic = Arrays.copyOfRange(tail, tail.length - MAGIC.length, tail.length);
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw new UnreadableFileException("its Parquet footer is encrypted; encrypted files are not read:"
                    + " write it without encryption of the footer");
        } else if (!Arrays.equals(magic, MAGIC)) {
            throw cutOff();
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tail.length - TRAILER);
        if (length <= 0 || length > LARGEST || length + TRAILER + MAGIC.length > object.size()) {
            throw new UnreadableFileException("its Parquet footer says that it has " + length + " bytes in a file of "
                    + object.size() + ": the file is damaged");
        }
        return (long) length + TRAILER;
    }

    /**
     * What the footer says.
     *
     * @throws UnreadableFileException when it is damaged
     */
    public FileProfile profile() {
        int needed = Math.toIntExact(bytesNeeded());
        FileMetaData metadata;
        try {
            metadata =
                    Util.readFileMetaData(new ByteArrayInputStream(tail, tail.length - needed, needed - TRAILER), true);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException("its Parquet footer is damaged: " + e.getMessage(), e);
        }
        return new FileProfile(
                object,
                new FileFormat.Parquet(),
                Compression.NONE,
                ParquetTypes.columns(metadata.getSchema()),
                false,
                metadata.getNum_rows(),
                true,
                tail.length,
                List.of("Parquet footer of " + (needed - TRAILER) + " bytes, written by "
                        + (metadata.isSetCreated_by() ? metadata.getCreated_by() : "an unnamed writer")),
                List.of());
    }

    private static UnreadableFileException cutOff() {
        return new UnreadableFileException(
                "it is not a whole Parquet file: the footer is missing at its end; write it again");
    }
}
