package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.unpack.Unpacker;
import dev.mastic.crawler.source.UnreadableFileException;
import org.junit.jupiter.api.Test;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SampleTextTest {
    private static final String ROWS = "id,name\n1,a\n2,b\n";

    @Test
    void unpacksGzip() {
        SampleText text = text(Samples.whole("a.csv.gz", Samples.gzip(ROWS)));

        assertThat(text.text()).isEqualTo(ROWS);
        assertThat(text.compression()).isEqualTo(Compression.GZIP);
        assertThat(text.warnings()).isEmpty();
    }

    @Test
    void warnsWhenNameAndContentDisagreeOnGzip() {
        assertThat(text(Samples.whole("a.csv", Samples.gzip(ROWS))).warnings())
                .singleElement()
                .asString()
                .contains("does not end with .gz");
        assertThat(text(Samples.whole("a.csv.gz", ROWS)).warnings())
                .singleElement()
                .asString()
                .contains("is not gzip");
    }

    @Test
    void refusesGzipThatWasCutOff() {
        byte[] gzip = Samples.gzip(ROWS.repeat(100));
        byte[] cut = Arrays.copyOf(gzip, gzip.length - 12);

        assertThatThrownBy(() -> text(Samples.whole("a.csv.gz", cut)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void refusesDamagedGzip() {
        byte[] gzip = Samples.gzip(ROWS.repeat(100));
        Arrays.fill(gzip, 12, 40, (byte) 0x55);

        assertThatThrownBy(() -> text(Samples.whole("a.csv.gz", gzip)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("gzip");
    }

    @Test
    void readsTheStartOfALargeGzipFile() {
        String rows = IntStream.range(0, 400_000)
                .mapToObj(i -> i * 7919L % 1_000_003 + ",name " + i)
                .collect(Collectors.joining("\n", "id,name\n", "\n"));
        byte[] gzip = Samples.gzip(rows);
        byte[] start = Arrays.copyOf(gzip, Sample.MOST_BYTES / 2);
        Sample sample = new Sample(Samples.object("a.csv.gz", gzip.length), start, false);

        FileProfile profile = Classifiers.classify(sample);

        assertThat(profile.exact()).isFalse();
        assertThat((double) profile.records()).as("estimate of 400,000").isBetween(300_000.0, 500_000.0);
    }

    @Test
    void cutsAnUnfinishedLineOff() {
        Sample sample =
                new Sample(Samples.object("a.csv", 1000), (ROWS + "3,unfin").getBytes(StandardCharsets.UTF_8), false);

        assertThat(text(sample).text()).isEqualTo(ROWS);
    }

    @Test
    void readsLatinScriptAndSaysSo() {
        FileProfile profile = Classifiers.classify(Samples.whole(
                "a.csv",
                "id,stadt\n1,K\u00f6ln\n2,M\u00fcnchen\n3,D\u00fcren\n".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(profile.format().toString()).contains("windows-1252");
        assertThat(profile.warnings()).singleElement().asString().contains("not in UTF-8");
    }

    @Test
    void readsUtf16WithAndWithoutItsMark() {
        for (String start : List.of("\uFEFF", "")) {
            for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                SampleText text = text(Samples.whole("a.csv", (start + ROWS).getBytes(charset)));

                assertThat(text.text()).isEqualTo(ROWS);
                assertThat(text.encoding().charset()).isEqualTo(charset);
            }
        }
    }

    @Test
    void readsATextWithAFewNulBytesAndRefusesOneWithMany() {
        String rows = ROWS + "3,c\n".repeat(1000);

        assertThat(text(Samples.whole("a.csv", rows + "4,\0d\n")).warnings())
                .singleElement()
                .asString()
                .contains("NUL");
        assertThatThrownBy(() -> text(Samples.whole("a.csv", rows + "\0".repeat(100))))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("binary");
    }

    @Test
    void refusesRowsOfAMillionValuesByTheirNumber() {
        String row = "1,2,".repeat(100_000) + "3\n4,5," + "5,6,".repeat(100_000) + "\n";

        assertThatThrownBy(() -> Classifiers.classify(Samples.whole("a.csv", row)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("columns that a table may have");
    }

    @Test
    void shortensNamesAndKeepsThemDifferent() {
        String name = "n".repeat(300);

        FileProfile profile = Classifiers.classify(Samples.whole("a.csv", name + "a," + name + "b\n1,2\n3,4\n"));

        assertThat(profile.columns()).extracting(ColumnProfile::name).allMatch(each -> each.length() == 128);
        assertThat(profile.columns()).extracting(ColumnProfile::name).doesNotHaveDuplicates();
    }

    @Test
    void doesNotCountARowThatWasCutInsideQuotes() {
        String start = "id,note\n1,a\n2,\"b\"\n3,\"two\n";
        Sample sample = new Sample(Samples.object("a.csv", 1000), start.getBytes(StandardCharsets.UTF_8), false);

        FileProfile profile = Classifiers.classify(sample);

        assertThat(profile.columns().get(1).type().hive()).isEqualTo("string");
        assertThat(profile.warnings()).noneMatch(warning -> warning.contains("have not"));
    }

    @Test
    void standsValuesOfAnyLength() {
        String text = "name,note\nA b," + "a_".repeat(200_000) + "a\nC d,e f\n";

        FileProfile profile = Classifiers.classify(Samples.whole("a.csv", text));

        assertThat(profile.format()).isEqualTo(new FileFormat.Csv(',', true));
    }

    private static SampleText text(Sample sample) {
        return SampleText.of(sample, Unpacker.unpack(sample));
    }
}
