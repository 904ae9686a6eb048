package dev.mastic.registry.protobuf;

import dev.mastic.registry.Spec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.stream.Stream;

class ProtobufFormatSpecTest {
    private final ProtobufFormat format = new ProtobufFormat();

    static Stream<Arguments> pairs() {
        return Spec.cases("protobuf-compatibility.yaml");
    }

    static Stream<Arguments> invalid() {
        return Spec.cases("protobuf-invalid.yaml");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void judgesPairs(Map<String, Object> pair) throws Exception {
        Spec.checkPair(format, pair);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWhatIsNoSchema(Map<String, Object> invalid) {
        Spec.checkInvalid(format, invalid);
    }
}
