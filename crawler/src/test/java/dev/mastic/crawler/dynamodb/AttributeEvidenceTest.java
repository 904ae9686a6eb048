package dev.mastic.crawler.dynamodb;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class AttributeEvidenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 2 3; bigint",
                "9223372036854775807 -9223372036854775808; bigint",
                "9223372036854775808; decimal(38,0)",
                "1.5 2; double",
                "0; bigint",
                "0.1234567890123456; decimal(38,16)",
                "1E+125; double",
                "1E-130; double",
                "12345678901234567890123.5 1; decimal(38,1)",
                "99999999999999999999999999999999999999 0.5; double",
                "1E+2; bigint"
            })
    void numbersAreTheNarrowestThatLosesNoDigit(String numbers, String hive) {
        AttributeEvidence evidence = new AttributeEvidence();
        for (String number : numbers.strip().split(" ")) {
            evidence.add(AttributeValue.fromN(number));
        }

        assertThat(evidence.type().hive()).isEqualTo(hive.strip());
    }

    @Test
    void aMapOfManyKeysIsADictionary() {
        AttributeEvidence evidence = new AttributeEvidence();
        for (int i = 0; i < 2 * AttributeEvidence.MOST_FIELDS; i++) {
            evidence.add(AttributeValue.fromM(Map.of("k" + i, AttributeValue.fromN(i % 2 == 0 ? "1" : "1.5"))));
        }

        assertThat(evidence.type().hive()).isEqualTo("map<string,double>");
        assertThat(evidence.describe()).contains("dictionary");
    }

    @Test
    void anItemOfTooManyAttributesKeepsTheFirstNames() {
        ItemEvidence one = new ItemEvidence();
        ItemEvidence other = new ItemEvidence();
        for (int i = 0; i < 2 * ItemEvidence.MOST_COLUMNS; i++) {
            Map<String, AttributeValue> item = Map.of(String.format("a%06d", i), AttributeValue.fromN("1"));
            (i % 3 == 0 ? one : other).add(item);
        }
        one.add(other);

        assertThat(one.isCut()).isTrue();
        assertThat(one.attributes().keySet())
                .hasSize(ItemEvidence.MOST_COLUMNS)
                .endsWith(String.format("a%06d", ItemEvidence.MOST_COLUMNS - 1));
    }

    @RepeatedTest(50)
    void theOrderOfItemsAndSegmentsDoesNotMatter(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<AttributeValue> values = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            values.add(value(random, 0));
        }
        AttributeEvidence together = new AttributeEvidence();
        values.forEach(together::add);
        Collections.shuffle(values, random);
        AttributeEvidence left = new AttributeEvidence();
        AttributeEvidence right = new AttributeEvidence();
        values.forEach(value -> (random.nextBoolean() ? left : right).add(value));
        left.add(right);

        assertThat(left.type()).as("seed %d", seed).isEqualTo(together.type());
        assertThat(left.describe()).as("seed %d", seed).isEqualTo(together.describe());
    }

    private static AttributeValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 8)) {
            case 0 -> AttributeValue.fromS("x");
            case 1 -> AttributeValue.fromN(String.valueOf(random.nextInt()));
            case 2 -> AttributeValue.fromN(random.nextInt() + ".25");
            case 3 -> AttributeValue.fromBool(true);
            case 4 -> AttributeValue.fromNul(true);
            case 5 -> AttributeValue.fromNs(List.of("1", "2.5"));
            case 6 -> AttributeValue.fromL(List.of(value(random, depth + 1), value(random, depth + 1)));
            default -> {
                Map<String, AttributeValue> map = new HashMap<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    map.put("f" + random.nextInt(6), value(random, depth + 1));
                }
                yield AttributeValue.fromM(map);
            }
        };
    }
}
