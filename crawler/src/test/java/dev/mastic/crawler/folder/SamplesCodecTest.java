package dev.mastic.crawler.folder;

import dev.mastic.crawler.classify.Classifiers;
import dev.mastic.crawler.classify.FileProfile;
import dev.mastic.crawler.classify.Sample;
import dev.mastic.crawler.find.Sampled;
import dev.mastic.crawler.infer.TextColumns;
import dev.mastic.crawler.infer.TextColumns.Quoting;
import dev.mastic.crawler.infer.TextEvidence;
import dev.mastic.crawler.source.StoredObject;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SamplesCodecTest {
    @Test
    void givesBackWhatWasWritten() {
        FolderSamples samples = samples();

        FolderSamples read = SamplesCodec.read(SamplesCodec.write(samples));

        assertThat(read.unreadable()).isEqualTo(samples.unreadable());
        for (int i = 0; i < samples.profiles().size(); i++) {
            FileProfile was = samples.profiles().get(i);
            FileProfile is = read.profiles().get(i);
            assertThat(is)
                    .usingRecursiveComparison()
                    .withStrictTypeChecking()
                    .ignoringCollectionOrder()
                    .isEqualTo(was);
            assertThat(decided(is)).as("columns are decided alike").isEqualTo(decided(was));
        }
    }

    @Test
    void isSmallForFilesThatAreAlike() {
        FileProfile profile = samples().profiles().get(0);
        FolderSamples one = new FolderSamples(List.of(profile), List.of());
        FolderSamples many = new FolderSamples(java.util.Collections.nCopies(32, profile), List.of());

        assertThat(SamplesCodec.write(many)).hasSizeLessThan(4 * SamplesCodec.write(one).length);
    }

    @Test
    void refusesWhatItDidNotWrite() {
        byte[] bytes = SamplesCodec.write(samples());
        bytes[bytes.length / 2] ^= 0x55;

        assertThatThrownBy(() -> SamplesCodec.read(bytes)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SamplesCodec.read(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    /** What the columns become: joins of evidence, which lies in classes that are no records. */
    private static Object decided(FileProfile file) {
        Map<String, TextEvidence> texts = new LinkedHashMap<>();
        file.columns().stream()
                .filter(column -> column.text() != null)
                .forEach(column -> texts.put(column.key(), TextEvidence.of(column.text(), column.text())));
        return texts.isEmpty() ? List.of() : TextColumns.decide(texts, Quoting.NONE);
    }

    private static FolderSamples samples() {
        return new FolderSamples(
                List.of(
                        profile("a.csv", "id,at,name,price\n1,2026-01-31 12:00:00,\"x, y\",1.50\n2,,NA,2\n"),
                        profile("b.json", "{\"Id\":1,\"at\":{\"x\":[1.5,2]},\"s\":null}\n{\"Id\":2,\"m\":\"z ü\"}\n")),
                List.of(Sampled.unreadable("s3://b/c.bin", "it is binary")));
    }

    private static FileProfile profile(String key, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Classifiers.classify(new Sample(
                new StoredObject("bucket", key, bytes.length, Instant.parse("2026-01-31T12:00:00.5Z"), "etag"),
                bytes,
                true));
    }
}
