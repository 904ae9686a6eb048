package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.format.AvroFiles;
import dev.mastic.crawler.classify.format.ExcelFiles;
import dev.mastic.crawler.classify.format.OrcTail;
import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.orc.CompressionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Formats whose values carry types, by files of the formats' own writers. */
class TypedFilesTest {
    private static final String ION = "{id:1, at:2026-01-01T00:00:00Z, price:1.25, tags:[a,\"b\"]} {id:2, note:null}";

    private static String columns(FileProfile file) {
        return file.columns().stream()
                .map(column -> column.name() + " " + column.type().hive())
                .collect(Collectors.joining(", "));
    }

    private static FileProfile orc(byte[] file) {
        byte[] tail = Arrays.copyOfRange(file, Math.max(0, file.length - OrcTail.FIRST_TAIL), file.length);
        return new OrcTail(Samples.object("a.orc", file.length), tail).profile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate"})
    void readsTheHeaderOfAvroAndCountsRowsByBlocks(String codec) {
        FileProfile file = Classifiers.classify(Samples.whole("a.avro", FormatBytes.avro(5000, codec)));

        assertThat(file.format().classification()).isEqualTo("avro");
        assertThat(columns(file))
                .isEqualTo("Id bigint, day date, price decimal(9,2), at timestamp, tags array<string>,"
                        + " attrs map<string,double>, kind string");
        assertThat(file.records()).isEqualTo(5000);
        assertThat(file.exact()).isTrue();
    }

    @Test
    void estimatesTheRowsOfAvroThatWasReadInPart() {
        byte[] whole = FormatBytes.avro(100_000, "null");
        Sample start =
                new Sample(Samples.object("a.avro", whole.length), Arrays.copyOf(whole, whole.length / 3), false);

        FileProfile file = Classifiers.classify(start);

        assertThat((double) file.records()).isBetween(95_000.0, 105_000.0);
        assertThat(file.exact()).isFalse();
    }

    @Test
    void tellsWhetherASchemaOfAvroSaysATablesColumns() {
        Map<String, String> types = new HashMap<>(Map.of(
                "id", "bigint",
                "day", "date",
                "price", "decimal(9,2)",
                "at", "timestamp",
                "tags", "array<string>",
                "attrs", "map<string,double>",
                "kind", "string"));

        assertThat(AvroFiles.says(FormatBytes.AVRO_SCHEMA, types)).isTrue();
        types.put("id", "decimal(20,0)");
        assertThat(AvroFiles.says(FormatBytes.AVRO_SCHEMA, types)).isFalse();
        types.remove("id");
        assertThat(AvroFiles.says(FormatBytes.AVRO_SCHEMA, types)).isFalse();
    }

    @Test
    void refusesAvroThatIsCutOffOrSaysNoRecord() {
        byte[] file = FormatBytes.avro(100, "null");

        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("a.avro", Arrays.copyOf(file, file.length - 20))))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("a.avro", Arrays.copyOf(file, 100))))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("header is cut off");
        byte[] rekord = new String(file, StandardCharsets.ISO_8859_1)
                .replace("\"record\"", "\"rekord\"")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("a.avro", rekord)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("schema is broken");
    }

    @Test
    void refusesASchemaOfAvroThatUnfoldsWithoutEnd() {
        String inner = "\"int\"";
        for (int i = 0; i < 40; i++) {
            inner = "{\"type\":\"record\",\"name\":\"r" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":" + inner
                    + "},{\"name\":\"b\",\"type\":" + (i == 0 ? "\"int\"" : "\"r" + (i - 1) + "\"") + "}]}";
        }
        byte[] file = FormatBytes.emptyAvro(inner);

        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("a.avro", file)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("unfolds");
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "ZLIB", "SNAPPY", "LZ4", "ZSTD"})
    void readsTheFooterOfOrc(CompressionKind codec) {
        FileProfile file = orc(FormatBytes.orc(
                "struct<id:bigint,at:timestamp,c:varchar(5),l:array<string>,m:map<string,int>,s:struct<x:double,y:date>>",
                5,
                codec));

        assertThat(columns(file))
                .isEqualTo("id bigint, at timestamp, c varchar(5), l array<string>, m map<string,int>,"
                        + " s struct<x:double,y:date>");
        assertThat(file.records()).isEqualTo(5);
        assertThat(file.exact()).isTrue();
    }

    @Test
    void saysHowMuchOfOrcItNeeds() {
        String schema = IntStream.range(0, 3000)
                .mapToObj(i -> "column_with_a_long_name_" + i * 7919L % 100_003 + ":int")
                .collect(Collectors.joining(",", "struct<", ">"));
        byte[] file = FormatBytes.orc(schema, 1, CompressionKind.NONE);
        byte[] tail = Arrays.copyOfRange(file, file.length - OrcTail.FIRST_TAIL, file.length);

        long needed = new OrcTail(Samples.object("a.orc", file.length), tail).bytesNeeded();

        assertThat(needed).isGreaterThan(OrcTail.FIRST_TAIL).isLessThan(file.length);
        FileProfile profile = new OrcTail(
                        Samples.object("a.orc", file.length),
                        Arrays.copyOfRange(file, file.length - (int) needed, file.length))
                .profile();
        assertThat(profile.columns()).hasSize(3000);
    }

    @Test
    void refusesOrcWithoutItsFooterOrWithAFooterThatLies() {
        byte[] file = FormatBytes.orc("struct<id:int>", 7, CompressionKind.ZLIB);

        assertThatThrownBy(() -> orc(Arrays.copyOf(file, file.length - 1)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("footer is missing");
        assertThatThrownBy(() -> new OrcTail(Samples.object("a.orc", 10), file).profile())
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("in a file of 10");
        byte[] damaged = file.clone();
        Arrays.fill(damaged, file.length - 60, file.length - 30, (byte) 0x55);
        assertThatThrownBy(() -> orc(damaged))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("ORC");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsIon(boolean binary) {
        byte[] bytes = binary ? FormatBytes.binaryIon(ION) : ION.getBytes(StandardCharsets.UTF_8);

        FileProfile file = Classifiers.classify(Samples.whole("a.ion", bytes));

        assertThat(file.format()).isEqualTo(new BinaryFormat.Ion());
        assertThat(columns(file)).startsWith("id bigint, at timestamp, price decimal(3,2), tags array<string>, note ");
        assertThat(file.records()).isEqualTo(2);
    }

    @Test
    void refusesIonThatIsDamaged() {
        byte[] bytes = FormatBytes.binaryIon(ION);

        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("a.ion", Arrays.copyOf(bytes, bytes.length / 2))))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("Ion");
    }

    @Test
    void readsTheFirstSheetOfAWorkbookWhateverItsName() {
        byte[] workbook = FormatBytes.excel();

        FileProfile file = ExcelFiles.profile(Samples.object("a.dat", workbook.length), workbook);

        assertThat(ExcelFiles.startsAsExcel(workbook)).isTrue();
        assertThat(columns(file)).isEqualTo("item_no bigint, price double, since date, active boolean, note string");
        assertThat(file.records()).isEqualTo(3);
        assertThat(file.format()).isEqualTo(new BinaryFormat.Excel(true));
    }

    @Test
    void refusesWorkbooksThatAreBombsCutOffOrOfOldMake() {
        byte[] bomb =
                FormatBytes.zip("[Content_Types].xml", new byte[1], "xl/worksheets/sheet1.xml", new byte[40 << 20]);
        byte[] workbook = FormatBytes.excel();
        byte[] old = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 0};

        assertThatThrownBy(() -> ExcelFiles.profile(Samples.object("a.xlsx", bomb.length), bomb))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("decompression bomb");
        byte[] cut = Arrays.copyOf(workbook, workbook.length / 2);
        assertThatThrownBy(() -> ExcelFiles.profile(Samples.object("a.xlsx", cut.length), cut))
                .isInstanceOf(UnreadableFileException.class);
        assertThatThrownBy(() -> ExcelFiles.refuseOtherOffice(old, "a.xls"))
                .hasMessageContaining(".xls")
                .hasMessageContaining("save it as .xlsx");
        assertThatThrownBy(() -> ExcelFiles.refuseOtherOffice(old, "a.xlsx")).hasMessageContaining("password");
        byte[] document = FormatBytes.zip("[Content_Types].xml", new byte[1], "word/document.xml", new byte[1]);
        assertThatThrownBy(() -> ExcelFiles.refuseOtherOffice(document, "a.docx"))
                .hasMessageContaining("document of Office");
    }

    @Test
    void warnsOfNamesThatTellAnotherFormat() {
        FileProfile csv = Classifiers.classify(Samples.whole("a.parquet", "id,v\n1,2\n2,3\n"));

        assertThat(FileNames.checked(csv).warnings())
                .singleElement()
                .asString()
                .contains("its name ends with .parquet, but its content is csv");
    }
}
