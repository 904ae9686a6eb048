package dev.mastic.crawler;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Cases that are kept as data: a list of maps with a member {@code name} in {@code src/test/resources/spec}. */
public final class Spec {
    private Spec() {}

    /** The cases of a file, for a parameterized test of one parameter. */
    public static Stream<Arguments> cases(String file) {
        return maps(file).stream().map(each -> Arguments.of(Named.of(String.valueOf(each.get("name")), each)));
    }

    /** The same, for a test that looks at all of them together. */
    public static List<Map<String, Object>> maps(String file) {
        try (InputStream in = Spec.class.getResourceAsStream("/spec/" + file)) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
