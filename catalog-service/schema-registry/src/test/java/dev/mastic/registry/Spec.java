package dev.mastic.registry;

import dev.mastic.registry.compat.CompatibilityRule;
import dev.mastic.registry.compat.InvalidDefinitionException;
import dev.mastic.registry.compat.SchemaFormat;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.services.glue.model.Compatibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Cases that are kept as data: a list of maps with a member {@code name} in {@code src/test/resources/spec}. */
public final class Spec {
    private static final Set<Compatibility> BACKWARD = Set.of(Compatibility.BACKWARD, Compatibility.BACKWARD_ALL);
    private static final Set<Compatibility> FORWARD = Set.of(Compatibility.FORWARD, Compatibility.FORWARD_ALL);
    private static final Set<Compatibility> FULL = Set.of(Compatibility.FULL, Compatibility.FULL_ALL);

    private Spec() {}

    /** The cases of a file, for a parameterized test of one parameter. */
    public static Stream<Arguments> cases(String file) {
        try (InputStream in = Spec.class.getResourceAsStream("/spec/" + file)) {
            List<Map<String, Object>> cases = new Yaml().load(in);
            return cases.stream().map(each -> Arguments.of(Named.of(String.valueOf(each.get("name")), each)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A pair of an older and a newer definition, by every mode. */
    public static <M> void checkPair(SchemaFormat<M> format, Map<String, Object> pair)
            throws InvalidDefinitionException {
        M older = format.parse((String) pair.get("older")).model();
        M newer = format.parse((String) pair.get("newer")).model();
        boolean backward = (boolean) pair.get("backward");
        boolean forward = (boolean) pair.get("forward");
        for (Compatibility mode : Compatibility.knownValues()) {
            boolean expected = (!BACKWARD.contains(mode) || backward)
                    && (!FORWARD.contains(mode) || forward)
                    && (!FULL.contains(mode) || (backward && forward));
            List<String> violations = CompatibilityRule.violations(format, mode, newer, older);
            assertThat(violations.isEmpty()).as("%s: %s", mode, violations).isEqualTo(expected);
            Object reason = pair.get("reason");
            if (reason != null && mode == Compatibility.FULL) {
                assertThat(violations).as("reasons").anyMatch(text -> text.contains(String.valueOf(reason)));
            }
        }
        assertThat(CompatibilityRule.violations(format, Compatibility.FULL, older, older))
                .as("the older version with itself")
                .isEmpty();
        assertThat(CompatibilityRule.violations(format, Compatibility.FULL, newer, newer))
                .as("the newer version with itself")
                .isEmpty();
    }

    /** A definition that is no schema, and a part of the message that says so. */
    public static void checkInvalid(SchemaFormat<?> format, Map<String, Object> invalid) {
        InvalidDefinitionException error = catchThrowableOfType(
                InvalidDefinitionException.class, () -> format.parse((String) invalid.get("definition")));
        assertThat(error).as("refusal").isNotNull();
        assertThat(error).hasMessageContaining(String.valueOf(invalid.get("error")));
    }
}
