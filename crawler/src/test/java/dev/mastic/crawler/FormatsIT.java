package dev.mastic.crawler;

import dev.mastic.crawler.classify.FormatBytes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.TypeDescription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.Table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import static dev.mastic.crawler.CrawlFixture.warnings;
import static org.assertj.core.api.Assertions.assertThat;

/** One folder for each format, crawled at once. */
class FormatsIT {
    private CrawlFixture fixture;

    @BeforeEach
    void open() {
        fixture = new CrawlFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void check(String name, String classification, @Nullable String serde, String columns, long records) {
        Table table = fixture.table(name);
        SerDeInfo info = table.storageDescriptor().serdeInfo();
        assertThat(table.parameters()).as(name).containsEntry("classification", classification);
        if (serde == null) {
            assertThat(info.serializationLibrary()).as(name).isNull();
        } else {
            assertThat(info.serializationLibrary()).as(name).endsWith(serde);
        }
        assertThat(fixture.columns(name)).as(name).isEqualTo(columns);
        assertThat(table.parameters()).as(name).containsEntry("recordCount", String.valueOf(records));
    }

    @Test
    void makesATableOfEachFormat() {
        fixture.put("avro/a.avro", FormatBytes.avro(500, "deflate"));
        fixture.put("orc_zlib/a.orc", FormatBytes.orc("struct<id:int,v:decimal(9,2)>", 7, CompressionKind.ZLIB));
        fixture.put(
                "orc_zstd/a.orc",
                FormatBytes.orc(
                        "struct<id:bigint,at:timestamp,c:varchar(5),l:array<string>,m:map<string,int>,"
                                + "s:struct<x:double,y:date>>",
                        5,
                        CompressionKind.ZSTD));
        String ion = "{id:1, at:2026-01-01T00:00:00Z, price:1.25, tags:[a,\"b\"]} {id:2, note:null}";
        fixture.put("ion_text/a.ion", ion);
        fixture.put("ion_binary/a.ion", FormatBytes.binaryIon(ion));
        fixture.put("excel/a.xlsx", FormatBytes.excel());
        for (String codec : new String[] {"bzip2", "zstd", "snappy-framed", "lz4", "zip"}) {
            fixture.put(
                    "packed_" + codec.replaceAll("-.*", "") + "/a.csv", FormatBytes.packed(codec, "id,v\n1,2\n2,3\n"));
        }
        fixture.createCrawler();

        Map<String, Object> report = fixture.crawl();

        assertThat(warnings(report))
                .allMatch(text -> text.contains("packed_") || text.contains("its files are Excel workbooks"));
        check(
                "avro",
                "avro",
                "AvroSerDe",
                "id bigint, day date, price decimal(9,2), at timestamp, tags array<string>, attrs map<string,double>,"
                        + " kind string",
                500);
        assertThat(fixture.table("avro").storageDescriptor().serdeInfo().parameters())
                .containsKey("avro.schema.literal");
        check("orc_zlib", "orc", "OrcSerde", "id int, v decimal(9,2)", 7);
        check(
                "orc_zstd",
                "orc",
                "OrcSerde",
                "id bigint, at timestamp, c varchar(5), l array<string>, m map<string,int>, s struct<x:double,y:date>",
                5);
        String ionColumns = "id bigint, at timestamp, price decimal(3,2), tags array<string>, note string";
        check("ion_text", "ion", "IonHiveSerDe", ionColumns, 2);
        check("ion_binary", "ion", "IonHiveSerDe", ionColumns, 2);
        check("excel", "excel", null, "item_no bigint, price double, since date, active boolean, note string", 3);
        for (String codec : new String[] {"bzip2", "zstd", "snappy", "lz4", "zip"}) {
            check("packed_" + codec, "csv", "LazySimpleSerDe", "id bigint, v bigint", 2);
            assertThat(fixture.table("packed_" + codec).parameters()).containsEntry("compressionType", codec);
        }
    }

    @Test
    void namesFilesThatLieOrAreDamagedAndGoesOn() {
        byte[] avro = FormatBytes.avro(100, "null");
        byte[] orc = FormatBytes.orc("struct<id:int>", 7, CompressionKind.ZLIB);
        fixture.put("lies/a.parquet", "id,v\n1,2\n2,3\n");
        fixture.put("bad/cut.avro", Arrays.copyOf(avro, avro.length - 20));
        fixture.put("bad/cut.orc", Arrays.copyOf(orc, orc.length - 1));
        fixture.put(
                "bad/schema.avro",
                new String(avro, StandardCharsets.ISO_8859_1)
                        .replace("\"record\"", "\"rekord\"")
                        .getBytes(StandardCharsets.ISO_8859_1));
        fixture.put("bad/old.xls", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 0});
        fixture.put("bad/locked.xlsx", new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 0});
        fixture.put("bad/secret.parquet", "PARE and so on PARE");
        fixture.put(
                "bad/bomb.xlsx",
                FormatBytes.zip("[Content_Types].xml", new byte[1], "xl/worksheets/sheet1.xml", new byte[40 << 20]));
        fixture.createCrawler();

        Map<String, Object> report = fixture.crawl();

        assertThat(fixture.tables()).containsExactly("lies");
        assertThat(warnings(report))
                .anyMatch(text -> text.contains("lies/a.parquet") && text.contains("its content is csv"))
                .anyMatch(text -> text.contains("cut.avro") && text.contains("cut off"))
                .anyMatch(text -> text.contains("cut.orc") && text.contains("footer is missing"))
                .anyMatch(text -> text.contains("schema.avro") && text.contains("schema is broken"))
                .anyMatch(text -> text.contains("old.xls") && text.contains("save it as .xlsx"))
                .anyMatch(text -> text.contains("locked.xlsx") && text.contains("password"))
                .anyMatch(text -> text.contains("secret.parquet") && text.contains("encrypted"))
                .anyMatch(text -> text.contains("bomb.xlsx") && text.contains("decompression bomb"));
    }

    @Test
    void whatItRegistersReadsTheFilesBack(@TempDir Path folder) throws IOException {
        byte[] avro = FormatBytes.avro(500, "deflate");
        byte[] orc =
                FormatBytes.orc("struct<id:bigint,c:varchar(5),s:struct<x:double,y:date>>", 5, CompressionKind.ZLIB);
        fixture.put("avro/a.avro", avro);
        fixture.put("orc/a.orc", orc);
        fixture.createCrawler();
        fixture.crawl();

        Schema schema = new Schema.Parser().parse(avroLiteral());
        List<GenericRecord> records = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new SeekableByteArrayInput(avro), new GenericDatumReader<>(null, schema))) {
            reader.forEach(records::add);
        }
        assertThat(records).hasSize(500);
        assertThat(schema.getFields())
                .extracting(field -> field.name().toLowerCase(Locale.ROOT))
                .containsExactlyElementsOf(fixture.table("avro").storageDescriptor().columns().stream()
                        .map(Column::name)
                        .toList());
        Path file = Files.write(folder.resolve("a.orc"), orc);
        try (Reader reader = OrcFile.createReader(
                new org.apache.hadoop.fs.Path(file.toUri()), OrcFile.readerOptions(new Configuration()))) {
            TypeDescription found = TypeDescription.fromString("struct<"
                    + fixture.table("orc").storageDescriptor().columns().stream()
                            .map(column -> column.name() + ":" + column.type())
                            .collect(Collectors.joining(","))
                    + ">");
            assertThat(reader.getSchema()).isEqualTo(found);
            assertThat(fixture.table("orc").parameters())
                    .containsEntry("recordCount", String.valueOf(reader.getNumberOfRows()));
        }
    }

    @Test
    void takesTheSchemaOfAvroAwayWhenItWouldHideColumns() {
        fixture.put("avro/a.avro", FormatBytes.avro(5, "null"));
        fixture.createCrawler();
        fixture.crawl();
        assertThat(avroLiteral()).contains("Flight");

        fixture.put(
                "avro/b.avro",
                FormatBytes.emptyAvro(FormatBytes.AVRO_SCHEMA.replace(
                        "{\"name\":\"tags\"", "{\"name\":\"more\",\"type\":\"string\"},{\"name\":\"tags\"")));
        fixture.crawl();

        assertThat(fixture.columns("avro")).contains("more string");
        assertThat(fixture.table("avro").parameters()).doesNotContainKey("avro.schema.literal");
        assertThat(fixture.table("avro").storageDescriptor().serdeInfo().parameters())
                .doesNotContainKey("avro.schema.literal");
    }

    private String avroLiteral() {
        return String.valueOf(fixture.table("avro")
                .storageDescriptor()
                .serdeInfo()
                .parameters()
                .get("avro.schema.literal"));
    }
}
