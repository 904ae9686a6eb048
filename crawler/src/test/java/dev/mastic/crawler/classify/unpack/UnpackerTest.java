package dev.mastic.crawler.classify.unpack;

import dev.mastic.crawler.classify.FormatBytes;
import dev.mastic.crawler.classify.Sample;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UnpackerTest {
    private static final String ROWS = "id,name\n1,a\n2,b\n".repeat(50);

    private static Sample sample(String key, byte[] bytes) {
        return new Sample(new StoredObject("b", key, bytes.length, Instant.EPOCH, ""), bytes, true);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, a.csv.gz, gzip",
        "bzip2, a.csv.bz2, bzip2",
        "zstd, a.csv.zst, zstd",
        "snappy-framed, a.csv.snappy, snappy",
        "snappy-raw, a.csv.snappy, snappy",
        "snappy-hadoop, a.csv.snappy, snappy",
        "lz4, a.csv.lz4, lz4",
        "lz4-hadoop, a.csv.lz4, lz4",
        "zip, a.csv.zip, zip"
    })
    void unpacks(String codec, String key, String word) {
        Unpacked unpacked = Unpacker.unpack(sample(key, FormatBytes.packed(codec, ROWS)));

        assertThat(new String(unpacked.bytes(), StandardCharsets.UTF_8)).isEqualTo(ROWS);
        assertThat(unpacked.compression().word()).isEqualTo(word);
        assertThat(unpacked.whole()).isTrue();
        assertThat(unpacked.warnings())
                .hasSize(codec.matches("snappy-framed|snappy-raw|lz4") ? 1 : 0)
                .allMatch(warning -> warning.contains("alone engines read"));
    }

    @Test
    void takesNoMemoryForABlockThatLiesAboutItsLength() {
        byte[] blocks = FormatBytes.packed("snappy-hadoop", ROWS);
        byte[] lying = Arrays.copyOf(blocks, blocks.length + 8);
        Arrays.fill(lying, blocks.length, lying.length, (byte) 0x7f);

        assertThatThrownBy(() -> Unpacker.unpack(sample("a.snappy", lying)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("snappy content is damaged");
    }

    @ParameterizedTest
    @CsvSource({"gzip", "bzip2", "zstd", "snappy-framed", "lz4"})
    void refusesWhatWasCutOff(String codec) {
        byte[] bytes = FormatBytes.packed(codec, ROWS);
        byte[] cut = Arrays.copyOf(bytes, bytes.length * 2 / 3);

        assertThatThrownBy(() -> Unpacker.unpack(sample("a", cut)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining(codec.replaceAll("-.*", ""))
                .hasMessageMatching("(?s).*(cut off|damaged).*");
    }

    @ParameterizedTest
    @CsvSource({"gzip", "bzip2", "zstd", "lz4", "zip"})
    void unpacksNoMoreThanAMegabyteOfABomb(String codec) {
        byte[] bomb = FormatBytes.packed(codec, "0".repeat(30 << 20));

        Unpacked unpacked = Unpacker.unpack(sample("a." + codec, bomb));

        assertThat(unpacked.bytes().length).isBetween(Sample.MOST_BYTES, Sample.MOST_BYTES + 8192);
        assertThat(unpacked.whole()).isFalse();
    }

    @Test
    void joinsMembersOfGzip() {
        byte[] first = FormatBytes.packed("gzip", "id\n1\n");
        byte[] second = FormatBytes.packed("gzip", "2\n");
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(Unpacker.unpack(sample("a.gz", both)).bytes())
                .isEqualTo("id\n1\n2\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTheFirstFileOfAnArchiveAndNamesTheOthers() {
        byte[] zip = FormatBytes.zip(
                "__MACOSX/._a.csv",
                new byte[] {0},
                "a.csv",
                ROWS.getBytes(StandardCharsets.UTF_8),
                "b.csv",
                new byte[3]);

        Unpacked unpacked = Unpacker.unpack(sample("a.zip", zip));

        assertThat(new String(unpacked.bytes(), StandardCharsets.UTF_8)).isEqualTo(ROWS);
        assertThat(unpacked.warnings())
                .singleElement()
                .asString()
                .contains("several files")
                .contains("b.csv");
    }

    @Test
    void warnsOfNamesThatLie() {
        assertThat(Unpacker.unpack(sample("a.csv.gz", FormatBytes.packed("zstd", ROWS)))
                        .warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("content is zstd"))
                .anyMatch(warning -> warning.contains("is not gzip"));
    }
}
