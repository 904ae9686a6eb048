package dev.mastic.wire.tag;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TagsTest {
    @Test
    void replacesTheValueOfAKeyThatIsThere() {
        assertThat(Tags.joined(Map.of("a", "1", "b", "2"), Map.of("b", "3", "c", "")))
                .isEqualTo(Map.of("a", "1", "b", "3", "c", ""));
    }

    @Test
    void keepsKeysApartByTheirCase() {
        assertThat(Tags.joined(Map.of("team", "1"), Map.of("Team", "2"))).hasSize(2);
    }

    @Test
    void holdsFiftyTagsAndNoMore() {
        Map<String, String> fifty = tags(50);

        assertThat(Tags.joined(fifty, Map.of("k0", "new"))).hasSize(50).containsEntry("k0", "new");
        assertThatThrownBy(() -> Tags.joined(fifty, Map.of("another", "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("51 tags; at most 50");
    }

    @Test
    void takesTheLongestKeyAndValueInCharacters() {
        Map<String, String> longest = Map.of("\ud83d\ude00".repeat(128), "\ud83d\ude00".repeat(256));

        assertThat(Tags.read(Tags.column(longest))).isEqualTo(longest);
        assertThatThrownBy(() -> Tags.column(Map.of("k".repeat(129), "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1 to 128");
        assertThatThrownBy(() -> Tags.column(Map.of("", ""))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Tags.column(Map.of("k", "v".repeat(257))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("more than 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:x", "AWS:createdBy", "a\0b", "a\ud800"})
    void refusesKeysThatNoTagCanHave(String key) {
        assertThatThrownBy(() -> Tags.column(Map.of(key, ""))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Tags.without(Map.of(), List.of(key))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void forgetsKeysAndMindsNoneThatIsNotThere() {
        assertThat(Tags.without(Map.of("a", "1", "b", "2"), List.of("b", "c"))).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void readsArns() {
        assertThat(ResourceArn.parse("arn:aws:glue:eu-west-1:123456789012:schema/r/s"))
                .isEqualTo(new ResourceArn("arn:aws:glue:eu-west-1:123456789012", "schema", "r/s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "job/a",
                "arn:aws:glue:us-east-1:123456789012:job",
                "arn:aws:glue:us-east-1:123456789012:job/",
                "arn:aws:glue:us-east-1:123456789012:/a",
                "arn:aws:glue:us-east-1:12345:job/a",
                "arn:aws:glue::123456789012:job/a",
                "arn:aws:s3:us-east-1:123456789012:job/a",
                "arn:aws:glue:us-east-1:123456789012:job/a\0"
            })
    void refusesWhatIsNoArnOfAResource(String arn) {
        assertThatThrownBy(() -> ResourceArn.parse(arn)).isInstanceOf(InvalidInputException.class);
    }

    private static Map<String, String> tags(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "k" + number)
                .collect(Collectors.toMap(Function.identity(), key -> "v"));
    }
}
