package dev.mastic.spark.read;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Unpacks Zstandard without the native library that Hadoop's own codec wants; Hadoop makes it by its name. */
public final class ZstdCodec implements CompressionCodec {
    @Override
    public CompressionInputStream createInputStream(InputStream packed) throws IOException {
        return new Unpacking(new ZstdInputStreamNoFinalizer(packed));
    }

    @Override
    public CompressionInputStream createInputStream(InputStream packed, @Nullable Decompressor none)
            throws IOException {
        return createInputStream(packed);
    }

    @Override
    public @Nullable Class<? extends Decompressor> getDecompressorType() {
        return null;
    }

    @Override
    public @Nullable Decompressor createDecompressor() {
        return null;
    }

    @Override
    public String getDefaultExtension() {
        return ".zst";
    }

    @Override
    public CompressionOutputStream createOutputStream(OutputStream out) {
        throw new UnsupportedOperationException("Zstandard is unpacked only");
    }

    @Override
    public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor) {
        return createOutputStream(out);
    }

    @Override
    public @Nullable Class<? extends Compressor> getCompressorType() {
        return null;
    }

    @Override
    public @Nullable Compressor createCompressor() {
        return null;
    }

    private static final class Unpacking extends CompressionInputStream {
        Unpacking(InputStream unpacked) throws IOException {
            super(unpacked);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return in.read(buffer, offset, length);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public void resetState() {
            throw new UnsupportedOperationException("A Zstandard stream is read once");
        }
    }
}
