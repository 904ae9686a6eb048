package dev.mastic.crawler.classify.unpack;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Content in Hadoop's blocks: the length of a block unpacked, then its parts, each behind its own length, all big-endian.
 * Lengths that no writer gives are refused before memory is taken for them.
 */
final class HadoopBlockStream extends InputStream {
    /** Hadoop's own blocks are 256 KiB. */
    private static final int LARGEST_BLOCK = 16 << 20;

    private static final int HEADER = 8;

    private final InputStream packed;
    private final Decompressor codec;
    private byte[] part = {};
    private int at;
    private int leftInBlock;

    HadoopBlockStream(InputStream packed, Decompressor codec) {
        this.packed = packed;
        this.codec = codec;
    }

    /** Whether bytes start as a block does. */
    static boolean startsBlock(byte[] bytes) {
        return bytes.length > HEADER
                && isLength(ByteBuffer.wrap(bytes).getInt(0))
                && isLength(ByteBuffer.wrap(bytes).getInt(Integer.BYTES));
    }

    private static boolean isLength(int length) {
        return length > 0 && length <= LARGEST_BLOCK;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        while (at == part.length) {
            if (!next()) {
                return -1;
            }
        }
        int read = Math.min(length, part.length - at);
        System.arraycopy(part, at, buffer, offset, read);
        at += read;
        return read;
    }

    /** Unpacks the next part; false at the end. */
    private boolean next() throws IOException {
        while (leftInBlock == 0) {
            byte[] header = packed.readNBytes(Integer.BYTES);
            if (header.length == 0) {
                return false;
            }
            leftInBlock = length(header);
        }
        int wanted = length(packed.readNBytes(Integer.BYTES));
        byte[] bytes = packed.readNBytes(wanted);
        if (bytes.length < wanted) {
            throw new EOFException("a block is cut off");
        }
        byte[] plain = new byte[leftInBlock];
        int size;
        try {
            size = codec.decompress(bytes, 0, bytes.length, plain, 0, plain.length);
        } catch (MalformedInputException e) {
            throw packed.available() == 0 ? new EOFException(e.getMessage()) : new IOException(e.getMessage(), e);
        }
        part = size == plain.length ? plain : Arrays.copyOf(plain, size);
        at = 0;
        leftInBlock -= size;
        return true;
    }

    private static int length(byte[] header) throws IOException {
        if (header.length < Integer.BYTES) {
            throw new EOFException("a length is cut off");
        }
        int length = ByteBuffer.wrap(header).getInt();
        if (length < 0 || length > LARGEST_BLOCK) {
            throw new IOException("a block says that it has " + length + " bytes");
        }
        return length;
    }
}
