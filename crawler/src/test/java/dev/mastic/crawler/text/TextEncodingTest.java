package dev.mastic.crawler.text;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.Charset;

import static org.assertj.core.api.Assertions.assertThat;

class TextEncodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UTF-8;id,name",
                "UTF-8;M\u00fcnchen,\u00e9t\u00e9,\u041c\u043e\u0441\u043a\u0432\u0430",
                "UTF-16LE;id,name,city of somewhere",
                "UTF-16BE;id,name,city of somewhere",
                "windows-1252;M\u00fcnchen,K\u00f6ln,D\u00fcsseldorf,Stra\u00dfe",
                "windows-1252;Malm\u00f6,\u00c5rhus,Troms\u00f8,\u00d8stfold",
                "windows-1252;a\u00f1o,ni\u00f1o,coraz\u00f3n,D\u00eda",
                "windows-1252;\u20ac 5,it\u2019s,\u201cquoted\u201d words",
                "windows-1250;\u0141\u00f3d\u017a,Pozna\u0144,Cz\u0119stochowa,Wroc\u0142aw,\u015awi\u0119tokrzyskie",
                "windows-1250;Plze\u0148,\u010cesk\u00e9 Bud\u011bjovice,P\u0159\u00edbram,\u017d\u010f\u00e1r",
                "windows-1251;\u041c\u043e\u0441\u043a\u0432\u0430,\u0421\u0430\u043d\u043a\u0442-\u041f\u0435\u0442\u0435\u0440\u0431\u0443\u0440\u0433",
                "KOI8-R;\u041c\u043e\u0441\u043a\u0432\u0430,\u0421\u0430\u043d\u043a\u0442-\u041f\u0435\u0442\u0435\u0440\u0431\u0443\u0440\u0433",
                "windows-1253;\u0391\u03b8\u03ae\u03bd\u03b1,\u0398\u03b5\u03c3\u03c3\u03b1\u03bb\u03bf\u03bd\u03af\u03ba\u03b7",
                "Shift_JIS;\u6771\u4eac\u90fd,\u5927\u962a\u5e02,\u3053\u3093\u306b\u3061\u306f",
                "GB18030;\u5317\u4eac\u5e02,\u4e0a\u6d77\u5e02,\u5e7f\u5dde\u5e02"
            })
    void tellsEncodingsByTheirLetters(String charset, String line) {
        String text = (line + "\n").repeat(5);
        byte[] bytes = text.getBytes(Charset.forName(charset));

        TextEncoding encoding = TextEncoding.of(bytes);

        assertThat(encoding.charset().name()).as(encoding.why()).isEqualTo(charset);
        assertThat(encoding.decode(bytes, bytes.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"UTF-8", "UTF-16LE", "UTF-16BE"})
    void takesByteOrderMarksAway(String charset) {
        byte[] bytes = "\uFEFFid,name\n1,a\n".getBytes(Charset.forName(charset));

        TextEncoding encoding = TextEncoding.of(bytes);

        assertThat(encoding.decode(bytes, bytes.length)).isEqualTo("id,name\n1,a\n");
        assertThat(encoding.confidence()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void aCharacterThatIsCutByTheEndIsNoDamage(int missing) {
        byte[] bytes = "city\nZ\u00fcrich \u20ac".getBytes(Charset.forName("UTF-8"));
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - missing);

        assertThat(TextEncoding.of(cut).utf8()).isTrue();
    }
}
