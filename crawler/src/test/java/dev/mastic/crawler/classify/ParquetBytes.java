package dev.mastic.crawler.classify;

import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Files with true Parquet footers and no pages: a crawler never looks at pages. */
public final class ParquetBytes {
    private ParquetBytes() {}

    /** A file of that schema; the root of the schema is added. */
    public static byte[] file(long rows, int topLevelColumns, SchemaElement... elements) {
        List<SchemaElement> schema = new ArrayList<>();
        schema.add(new SchemaElement("root").setNum_children(topLevelColumns));
        schema.addAll(List.of(elements));
        try {
            ByteArrayOutputStream footer = new ByteArrayOutputStream();
            Util.writeFileMetaData(new FileMetaData(1, schema, rows, List.of()), footer);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write("PAR1".getBytes(StandardCharsets.US_ASCII));
            footer.writeTo(file);
            file.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(footer.size())
                    .array());
            file.write("PAR1".getBytes(StandardCharsets.US_ASCII));
            return file.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A column or group that may be missing. */
    public static SchemaElement optional(String name) {
        return new SchemaElement(name).setRepetition_type(FieldRepetitionType.OPTIONAL);
    }
}
