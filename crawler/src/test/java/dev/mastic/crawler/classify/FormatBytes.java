package dev.mastic.crawler.classify;

import com.amazon.ion.IonSystem;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonBinaryWriterBuilder;
import com.amazon.ion.system.IonSystemBuilder;
import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4HadoopStreams;
import io.airlift.compress.snappy.SnappyHadoopStreams;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of many formats, by the formats' own writers. */
public final class FormatBytes {
    public static final String AVRO_SCHEMA = """
            {"type":"record","name":"Flight","namespace":"t","fields":[
             {"name":"Id","type":"long"},
             {"name":"day","type":["null",{"type":"int","logicalType":"date"}]},
             {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
             {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
             {"name":"tags","type":{"type":"array","items":"string"}},
             {"name":"attrs","type":{"type":"map","values":"double"}},
             {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A","B"]}}]}
            """;

    private FormatBytes() {}

    public static byte[] avro(int rows, String codec) {
        Schema schema = new Schema.Parser().parse(AVRO_SCHEMA);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.fromString(codec));
            writer.create(schema, out);
            for (int i = 0; i < rows; i++) {
                GenericRecord record = new GenericData.Record(schema);
                record.put("Id", (long) i);
                record.put("day", null);
                record.put("price", java.nio.ByteBuffer.wrap(new byte[] {1}));
                record.put("at", 0L);
                record.put("tags", java.util.List.of("a"));
                record.put("attrs", java.util.Map.of("x", 1.5));
                record.put(
                        "kind",
                        new GenericData.EnumSymbol(schema.getField("kind").schema(), "A"));
                writer.append(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An Avro file without rows. */
    public static byte[] emptyAvro(String schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.create(new Schema.Parser().parse(schema), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An ORC file of rows without values, which a footer does not show. */
    public static byte[] orc(String schema, int rows, CompressionKind codec) {
        try {
            java.nio.file.Path folder = Files.createTempDirectory("orc");
            java.nio.file.Path file = folder.resolve("a.orc");
            TypeDescription type = TypeDescription.fromString(schema);
            try (Writer writer = OrcFile.createWriter(
                    new Path(file.toUri()),
                    OrcFile.writerOptions(new Configuration()).setSchema(type).compress(codec))) {
                var batch = type.createRowBatch();
                batch.size = rows;
                for (var column : batch.cols) {
                    column.noNulls = false;
                    column.isRepeating = true;
                    column.isNull[0] = true;
                }
                writer.addRowBatch(batch);
            }
            byte[] bytes = Files.readAllBytes(file);
            try (var files = Files.list(folder)) {
                files.toList().forEach(one -> one.toFile().delete());
            }
            Files.delete(folder);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] binaryIon(String text) {
        IonSystem system = IonSystemBuilder.standard().build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (IonWriter writer = IonBinaryWriterBuilder.standard().build(out)) {
            writer.writeValues(system.newReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static byte[] excel() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Prices");
            String[] names = {"Item No", "Price", "Since", "Active", "Note"};
            for (int i = 0; i < names.length; i++) {
                sheet.value(0, i, names[i]);
            }
            for (int row = 1; row <= 3; row++) {
                sheet.value(row, 0, row);
                sheet.value(row, 1, row + 0.5);
                sheet.value(row, 2, LocalDate.of(2026, 1, row));
                sheet.style(row, 2).format("yyyy-mm-dd").set();
                sheet.value(row, 3, row == 1);
                sheet.value(row, 4, "text");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Something that wraps a stream in another. */
    private interface Wrapping {
        OutputStream wrap(OutputStream out) throws IOException;
    }

    /** A text packed as a codec's tools do: gzip, bzip2, zstd, snappy-framed, snappy-raw, snappy-hadoop, lz4 ... */
    public static byte[] packed(String codec, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (codec) {
            case "gzip" -> packed(java.util.zip.GZIPOutputStream::new, bytes);
            case "bzip2" -> packed(BZip2CompressorOutputStream::new, bytes);
            case "zstd" -> Zstd.compress(bytes);
            case "snappy-framed" -> packed(FramedSnappyCompressorOutputStream::new, bytes);
            case "snappy-raw" -> packed(out -> new SnappyCompressorOutputStream(out, bytes.length), bytes);
            case "snappy-hadoop" -> packed(new SnappyHadoopStreams()::createOutputStream, bytes);
            case "lz4" -> packed(FramedLZ4CompressorOutputStream::new, bytes);
            case "lz4-hadoop" -> packed(new Lz4HadoopStreams()::createOutputStream, bytes);
            case "zip" -> zip("a.csv", bytes);
            default -> throw new IllegalArgumentException(codec);
        };
    }

    private static byte[] packed(Wrapping wrapping, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream wrapped = wrapping.wrap(out)) {
            wrapped.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An archive of files: a name, then bytes, and so on. */
    public static byte[] zip(Object... namesAndBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndBytes.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
                zip.write((byte[]) namesAndBytes[i + 1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
