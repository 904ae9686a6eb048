package dev.mastic.crawler.infer;

import dev.mastic.crawler.infer.ColumnType.ArrayOf;
import dev.mastic.crawler.infer.ColumnType.Decimal;
import dev.mastic.crawler.infer.ColumnType.Field;
import dev.mastic.crawler.infer.ColumnType.MapOf;
import dev.mastic.crawler.infer.ColumnType.Plain;
import dev.mastic.crawler.infer.ColumnType.Struct;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Neither the order of files nor how they are grouped changes a type: shown on random types and values. */
class MergeOrderTest {
    private static final long SEED = 4711;
    private static final int ROUNDS = 3000;
    private static final List<String> TEXTS = List.of(
            "1",
            "-17",
            "2.5",
            "1e9",
            "true",
            "x y",
            "007",
            "2024-01-31",
            "2024-01-31 10:00:00",
            "2024-01-31T10:00:00",
            "31/01/2024",
            "01/02/2024",
            "NA",
            "",
            "-",
            "9223372036854775808",
            "12345678901234567.89",
            " 5",
            "+4930123",
            "1.2.3");

    private final Random random = new Random(SEED);

    @Test
    void joinIsCommutativeAssociativeAndIdempotent() {
        for (int i = 0; i < ROUNDS; i++) {
            ColumnType a = type(2);
            ColumnType b = type(2);
            ColumnType c = type(2);
            String what = "seed " + SEED + ", round " + i + ": " + a + ", " + b + ", " + c;

            assertThat(ordered(Widening.join(a, b))).as(what).isEqualTo(ordered(Widening.join(b, a)));
            assertThat(ordered(Widening.join(Widening.join(a, b), c)))
                    .as(what)
                    .isEqualTo(ordered(Widening.join(a, Widening.join(b, c))));
            assertThat(ordered(Widening.join(a, a))).as(what).isEqualTo(ordered(a));
            ColumnType joined = Widening.join(a, b);
            assertThat(ordered(Widening.join(joined, a)))
                    .as(what + " never narrows")
                    .isEqualTo(ordered(joined));
        }
    }

    @Test
    void evidenceOfFilesIsTheSameInEveryOrderAndGrouping() {
        for (int i = 0; i < 300; i++) {
            List<TextEvidence> files = new ArrayList<>();
            TextEvidence whole = new TextEvidence();
            List<String> usual = TEXTS.subList(0, 1 + random.nextInt(3));
            int count = 1 + random.nextInt(6);
            for (int f = 0; f < count; f++) {
                TextEvidence file = new TextEvidence();
                int values = random.nextInt(120);
                for (int v = 0; v < values; v++) {
                    String text = random.nextInt(150) == 0 ? pick(TEXTS) : pick(usual);
                    file.add(text);
                    whole.add(text);
                }
                files.add(file);
            }
            Collections.shuffle(files, random);

            TextEvidence grouped = grouped(files);

            assertThat(grouped.type()).as("seed %d, round %d", SEED, i).isEqualTo(whole.type());
            assertThat(grouped.describe()).isEqualTo(whole.describe());
            assertThat(grouped.pattern()).isEqualTo(whole.pattern());
            assertThat(grouped.outliers()).isEqualTo(whole.outliers());
        }
    }

    /** Joins neighbours at random until one is left. */
    private TextEvidence grouped(List<TextEvidence> files) {
        List<TextEvidence> left = new ArrayList<>(files);
        while (left.size() > 1) {
            int at = random.nextInt(left.size() - 1);
            left.set(at, TextEvidence.of(left.get(at), left.remove(at + 1)));
        }
        return left.get(0);
    }

    private ColumnType type(int depth) {
        int kind = random.nextInt(depth == 0 ? 8 : 12);
        if (kind < 6) {
            return Plain.values()[random.nextInt(Plain.values().length)];
        } else if (kind < 8) {
            int scale = random.nextInt(12);
            return new Decimal(scale + 1 + random.nextInt(Decimal.MOST_DIGITS - scale), scale);
        } else if (kind < 9) {
            return new ArrayOf(type(depth - 1));
        } else if (kind < 10) {
            return new MapOf(type(0), type(depth - 1));
        }
        List<Field> fields = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            if (random.nextBoolean()) {
                fields.add(new Field(name, type(depth - 1)));
            }
        }
        return new Struct(fields);
    }

    /** Fields in the order of their names, in which structs may differ. */
    private static ColumnType ordered(ColumnType type) {
        if (type instanceof Struct struct) {
            return new Struct(struct.fields().stream()
                    .map(field -> new Field(field.name(), ordered(field.type())))
                    .sorted(Comparator.comparing(Field::name))
                    .toList());
        } else if (type instanceof ArrayOf array) {
            return new ArrayOf(ordered(array.element()));
        } else if (type instanceof MapOf map) {
            return new MapOf(ordered(map.key()), ordered(map.value()));
        }
        return type;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
