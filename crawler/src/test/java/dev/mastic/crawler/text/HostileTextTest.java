package dev.mastic.crawler.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts that are made to hurt: every one gets an answer, within limits. The time limit only stops a test that hangs. */
@Timeout(60)
class HostileTextTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void anEndlessLine() {
        answer("x".repeat(MEGABYTE));
        answer("1,".repeat(MEGABYTE / 2));
    }

    @Test
    void quotesAlone() {
        answer("\"".repeat(MEGABYTE));
        answer("\",".repeat(MEGABYTE / 2));
        answer("\"a\n".repeat(MEGABYTE / 3));
        answer("'\"`~".repeat(MEGABYTE / 4));
    }

    @Test
    void backslashesDelimitersAndLineEndsAlone() {
        answer("\\".repeat(MEGABYTE));
        answer(",;\t| :~^#=*&".repeat(MEGABYTE / 12));
        answer("\r".repeat(MEGABYTE));
        answer("\n".repeat(MEGABYTE));
        answer("");
    }

    @Test
    void rowsThatAllDiffer() {
        StringBuilder text = new StringBuilder("a,b,c,d,e,f,g,h\n");
        Random random = new Random(7);
        while (text.length() < MEGABYTE) {
            text.append("\"x,".repeat(random.nextInt(40))).append('\n');
        }
        answer(text.toString());
    }

    @Test
    void randomBytesThatAreNoText() {
        byte[] bytes = new byte[MEGABYTE / 4];
        new Random(11).nextBytes(bytes);

        SniffedText sniffed = TextSniffer.sniff(bytes, false);

        assertThat(LenientReader.read(sniffed, TextLimits.DEFAULT).names()).hasSize(Math.min(10_000, sniffed.width()));
    }

    @Test
    void limitsOfRowsCellsAndColumnsEndTheReading() {
        SniffedText sniffed = TextSniffer.sniff("a,b,c\n1,2,3\n4,5,6\n7,8,9\n".getBytes(StandardCharsets.UTF_8), true);

        LoadedTable rows = LenientReader.read(sniffed, new TextLimits(10, 2, 100));
        LoadedTable cells = LenientReader.read(sniffed, new TextLimits(10, 100, 3));
        LoadedTable columns = LenientReader.read(sniffed, new TextLimits(2, 100, 100));

        assertThat(rows.rows()).hasSize(2);
        assertThat(rows.whole()).isFalse();
        assertThat(cells.rows()).hasSize(1);
        assertThat(cells.whole()).isFalse();
        assertThat(columns.rows()).allMatch(row -> row.size() == 2);
        assertThat(columns.oddRows()).isEqualTo(3);
    }

    private static void answer(String text) {
        SniffedText sniffed = TextSniffer.sniff(text.getBytes(StandardCharsets.UTF_8), true);
        LoadedTable table = LenientReader.read(sniffed, TextLimits.DEFAULT);

        assertThat(sniffed.confidence()).isBetween(0.0, 1.0);
        assertThat(table.rows()).allMatch(row -> row.size() == table.names().size());
    }
}
