package dev.mastic.crawler.lake.delta;

import dev.mastic.crawler.source.UnreadableFileException;
import io.airlift.compress.Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The texts of a column in which each is there once, in their order. That is so for an action of which there is one: it
 * makes levels and indices needless, because a dictionary has its entries in the order in which they are first met.
 *
 * @param repeated whether the column is within a list
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/">Parquet's pages</a>
 */
record TextPages(ColumnMetaData column, boolean repeated) {
    private static final int LARGEST_PAGE = 32 << 20;

    /** @param chunk the column's pages with their headers */
    List<String> values(byte[] chunk) throws IOException {
        List<String> values = new ArrayList<>();
        ByteArrayInputStream in = new ByteArrayInputStream(chunk);
        while (in.available() > 0) {
            PageHeader header = Util.readPageHeader(in);
            int packed = header.getCompressed_page_size();
            int plain = header.getUncompressed_page_size();
            if (packed < 0 || packed > in.available() || plain < 0 || plain > LARGEST_PAGE) {
                throw new UnreadableFileException("a page of " + column.getPath_in_schema() + " says that it has "
                        + packed + " bytes, and " + plain + " unpacked; restore the file");
            }
            page(header, in.readNBytes(packed), values);
        }
        return values;
    }

    private void page(PageHeader header, byte[] packed, List<String> values) throws IOException {
        int plain = header.getUncompressed_page_size();
        if (header.isSetDictionary_page_header()) {
            texts(ByteBuffer.wrap(unpack(packed, plain)), values);
        } else if (header.isSetData_page_header()) {
            if (plainTexts(header.getData_page_header().getEncoding())) {
                ByteBuffer page = ByteBuffer.wrap(unpack(packed, plain)).order(ByteOrder.LITTLE_ENDIAN);
                for (int levels = repeated ? 2 : 1; levels > 0; levels--) {
                    skip(page, page.getInt());
                }
                texts(page, values);
            }
        } else if (header.isSetData_page_header_v2()) {
            DataPageHeaderV2 v2 = header.getData_page_header_v2();
            if (plainTexts(v2.getEncoding())) {
                ByteBuffer page = ByteBuffer.wrap(packed);
                int levels =
                        Math.addExact(v2.getRepetition_levels_byte_length(), v2.getDefinition_levels_byte_length());
                skip(page, levels);
                byte[] rest = Arrays.copyOfRange(packed, levels, packed.length);
                texts(
                        ByteBuffer.wrap(v2.isIs_compressed() && rest.length > 0 ? unpack(rest, plain - levels) : rest),
                        values);
            }
        }
    }

    private boolean plainTexts(Encoding encoding) {
        return switch (encoding) {
            case PLAIN -> true;
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> false;
            default ->
                throw new UnreadableFileException("column " + column.getPath_in_schema() + " is encoded by " + encoding
                        + ", which is not read; let the writer use PLAIN or a dictionary");
        };
    }

    private static void texts(ByteBuffer page, List<String> values) {
        page.order(ByteOrder.LITTLE_ENDIAN);
        while (page.hasRemaining()) {
            int length = page.remaining() < Integer.BYTES ? -1 : page.getInt();
            int start = page.position();
            skip(page, length);
            values.add(new String(page.array(), page.arrayOffset() + start, length, StandardCharsets.UTF_8));
        }
    }

    private static void skip(ByteBuffer page, int length) {
        if (length < 0 || length > page.remaining()) {
            throw new UnreadableFileException("a page is cut off; restore the file");
        }
        page.position(page.position() + length);
    }

    private byte[] unpack(byte[] packed, int size) throws IOException {
        CompressionCodec codec = column.getCodec();
        return switch (codec) {
            case UNCOMPRESSED -> packed;
            case SNAPPY -> unpack(new SnappyDecompressor(), packed, size);
            case ZSTD -> unpack(new ZstdDecompressor(), packed, size);
            case GZIP -> {
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                    yield in.readNBytes(size);
                }
            }
            default ->
                throw new UnreadableFileException("its pages are packed by " + codec
                        + ", which is not read; let the writer use SNAPPY, ZSTD, GZIP or none");
        };
    }

    private static byte[] unpack(Decompressor codec, byte[] packed, int size) {
        byte[] plain = new byte[Math.max(0, size)];
        int length = codec.decompress(packed, 0, packed.length, plain, 0, plain.length);
        return length == plain.length ? plain : Arrays.copyOf(plain, length);
    }
}
