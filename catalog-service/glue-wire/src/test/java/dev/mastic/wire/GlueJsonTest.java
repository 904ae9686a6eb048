package dev.mastic.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.utils.builder.SdkBuilder;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GlueJsonTest {
    @Test
    void readsBackWhatItWroteForEveryRequestAndResponseOfTheApi() throws ReflectiveOperationException {
        long seed = System.nanoTime();
        System.out.println("seed of readsBackWhatItWrote: " + seed);
        Random random = new Random(seed);
        assertThat(GlueOperation.all()).hasSizeGreaterThan(300);
        for (GlueOperation operation : GlueOperation.all().values()) {
            Class<?> response = operation.method().getReturnType();
            for (Class<?> type : List.of(operation.requestType(), response)) {
                Class<? extends SdkPojo> pojo = type.asSubclass(SdkPojo.class);
                SdkPojo written = generate(random, builder(pojo), 0);
                String json = GlueJson.write(written);
                SdkPojo read = GlueJson.read(json, pojo);
                assertThat(read.equalsBySdkFields(written))
                        .as("%s of seed %s: %s", type, seed, json)
                        .isTrue();
            }
        }
    }

    @Test
    void writesTimestampsAsSecondsAndLeavesOutWhatIsUnset() {
        GetTableResponse response = GetTableResponse.builder()
                .table(table -> table.name("t").createTime(Instant.ofEpochSecond(1_700_000_000L, 500_000_000)))
                .build();

        assertThat(GlueJson.write(response)).isEqualTo("{\"Table\":{\"Name\":\"t\",\"CreateTime\":1700000000.5}}");
    }

    @Test
    void keepsAnEmptyListApartFromAnUnsetOne() {
        TableInput none = GlueJson.read("{\"Name\":\"t\"}", TableInput.class);
        TableInput empty = GlueJson.read("{\"Name\":\"t\",\"PartitionKeys\":[]}", TableInput.class);

        assertThat(none.hasPartitionKeys()).isFalse();
        assertThat(empty.hasPartitionKeys()).isTrue();
        assertThat(GlueJson.write(empty)).isEqualTo("{\"Name\":\"t\",\"PartitionKeys\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Name\":1}                                  | $.Name must be a string, found 1",
                "{\"Retention\":\"x\"}                          | $.Retention must be a whole number",
                "{\"Retention\":99999999999999999999}         | $.Retention must be a whole number",
                "{\"Retention\":1.5}                           | $.Retention must be a whole number",
                "{\"PartitionKeys\":{}}                        | $.PartitionKeys must be a list",
                "{\"PartitionKeys\":[null]}                    | $.PartitionKeys[0] must be a value",
                "{\"PartitionKeys\":[{\"Name\":[]}]}            | $.PartitionKeys[0].Name must be a string",
                "{\"Parameters\":\"x\"}                         | $.Parameters must be a map",
                "{\"LastAccessTime\":\"yesterday\"}             | $.LastAccessTime must be a timestamp",
                "{\"LastAccessTime\":1e300}                    | $.LastAccessTime must be a timestamp",
                "{\"Name\":                                    | Unexpected end-of-input",
                "[]                                          | $ must be an object",
                "{\"Name\":\"a\"} x                             | Unrecognized token",
            })
    void namesWhatIsWrong(String json, String message) {
        assertThatThrownBy(() -> GlueJson.read(json, TableInput.class))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(message)
                .extracting(failure -> ((WireException) failure).errorType())
                .isEqualTo("SerializationException");
    }

    @Test
    void refusesNestingWithoutEnd() {
        String deep = "{\"Parameters\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> GlueJson.read(deep, TableInput.class))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("nesting depth");
    }

    private static SdkPojo builder(Class<? extends SdkPojo> type) throws ReflectiveOperationException {
        Method builder = type.getMethod("builder");
        return (SdkPojo) builder.invoke(null);
    }

    private static SdkPojo generate(Random random, SdkPojo builder, int depth) {
        for (SdkField<?> field : builder.sdkFields()) {
            // The SDK makes up an idempotency token where none is set.
            if (depth < 4 && random.nextInt(3) > 0 || field.containsTrait(DefaultValueTrait.class)) {
                field.set(builder, value(random, field, depth));
            }
        }
        return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
    }

    private static Object value(Random random, SdkField<?> field, int depth) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.STRING) {
            return Stream.of("", "a", "é\u0000\"\\\n", "\uD83D\uDE00", "x".repeat(random.nextInt(50)))
                    .skip(random.nextInt(5))
                    .findFirst()
                    .orElseThrow();
        } else if (type == MarshallingType.INTEGER) {
            return random.nextInt();
        } else if (type == MarshallingType.LONG) {
            return random.nextLong();
        } else if (type == MarshallingType.DOUBLE) {
            return random.nextInt(10) == 0 ? Double.NaN : random.nextDouble() * 1e9;
        } else if (type == MarshallingType.FLOAT) {
            return random.nextFloat();
        } else if (type == MarshallingType.BOOLEAN) {
            return random.nextBoolean();
        } else if (type == MarshallingType.INSTANT) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1000) * 1_000_000L);
        } else if (type == MarshallingType.SDK_BYTES) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            return SdkBytes.fromByteArray(bytes);
        } else if (type == MarshallingType.BIG_DECIMAL) {
            return BigDecimal.valueOf(random.nextLong(), 3);
        } else if (type == MarshallingType.DOCUMENT) {
            return Document.fromMap(Map.of("k", Document.fromList(List.of(Document.fromNumber(1)))));
        } else if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            return Stream.generate(() -> value(random, member, depth + 1))
                    .limit(random.nextInt(3))
                    .toList();
        } else if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                map.put("k" + i, value(random, member, depth + 1));
            }
            return map;
        }
        return generate(random, field.constructor().get(), depth + 1);
    }
}
