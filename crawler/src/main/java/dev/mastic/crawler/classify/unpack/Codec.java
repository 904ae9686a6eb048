package dev.mastic.crawler.classify.unpack;

import dev.mastic.crawler.classify.Compression;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The containers that content comes in. */
enum Codec {
    NONE(Compression.NONE),
    /** Several members one after the other are one content. */
    GZIP(Compression.GZIP, 0x1f, 0x8b),
    BZIP2(Compression.BZIP2, 'B', 'Z', 'h'),
    ZSTD(Compression.ZSTD, 0x28, 0xb5, 0x2f, 0xfd),
    SNAPPY_FRAMED(Compression.SNAPPY, 0xff, 0x06, 0x00, 0x00, 's', 'N', 'a', 'P', 'p', 'Y'),
    SNAPPY_HADOOP(Compression.SNAPPY),
    SNAPPY_RAW(Compression.SNAPPY),
    LZ4_FRAMED(Compression.LZ4, 0x04, 0x22, 0x4d, 0x18),
    LZ4_HADOOP(Compression.LZ4),
    ZIP(Compression.ZIP, 'P', 'K', 0x03, 0x04);

    private final Compression compression;
    private final int[] magic;

    Codec(Compression compression, int... magic) {
        this.compression = compression;
        this.magic = magic;
    }

    Compression compression() {
        return compression;
    }

    static Codec of(byte[] bytes, String name) {
        for (Codec codec : values()) {
            if (codec.magic.length > 0 && startsWith(bytes, codec.magic)) {
                return codec;
            }
        }
        if (name.endsWith(".snappy")) {
            return HadoopBlockStream.startsBlock(bytes) ? SNAPPY_HADOOP : plainText(bytes) ? NONE : SNAPPY_RAW;
        }
        return name.endsWith(".lz4") && HadoopBlockStream.startsBlock(bytes) ? LZ4_HADOOP : NONE;
    }

    /** What engines make of it, when they do not read it; otherwise empty. */
    String readers() {
        return switch (this) {
            case SNAPPY_FRAMED, SNAPPY_RAW ->
                "its Snappy is not in the blocks that Hadoop writes, which alone engines read; let Spark write it, or use"
                        + " gzip or zstd";
            case LZ4_FRAMED ->
                "its LZ4 is in frames, as the tool lz4 writes, and not in the blocks that Hadoop writes, which alone"
                        + " engines read; use gzip or zstd";
            case NONE, GZIP, BZIP2, ZSTD, SNAPPY_HADOOP, LZ4_HADOOP, ZIP -> "";
        };
    }

    InputStream open(InputStream packed, List<String> warnings) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(packed);
            case BZIP2 -> new BZip2CompressorInputStream(packed, true);
            case ZSTD -> new ZstdInputStream(packed);
            case SNAPPY_FRAMED -> new FramedSnappyCompressorInputStream(packed);
            case SNAPPY_HADOOP -> new HadoopBlockStream(packed, new SnappyDecompressor());
            case SNAPPY_RAW -> new SnappyCompressorInputStream(packed);
            case LZ4_FRAMED -> new FramedLZ4CompressorInputStream(packed, true);
            case LZ4_HADOOP -> new HadoopBlockStream(packed, new Lz4Decompressor());
            case ZIP -> new ZipEntryStream(packed, warnings);
        };
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** A raw block begins with lengths and copies, which are no characters. */
    private static boolean plainText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 64); i++) {
            int b = bytes[i] & 0xff;
            if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
