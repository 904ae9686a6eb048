package dev.mastic.warehouse.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a connection that must not be shown: properties whose names say so, and passwords inside of addresses.
 * They are hidden by their values, because drivers repeat them in messages of any form. Immutable.
 */
public final class Secrets {
    private static final String MASK = "***";
    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passwd|pwd|passphrase|secret|token|credential|api_?key|private_?key|access_?key",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile("[?&;,(:]\\s*([\\w.-]{1,64})\\s*=\\s*([^&;)]+)");
    private static final Pattern USER_INFO = Pattern.compile("://[^/?#:@;\\s]*:([^?;\\s]*)@");
    private static final Pattern ORACLE =
            Pattern.compile("jdbc:oracle:[a-z0-9]+:[^/@\\s]*/([^\\s]*)@", Pattern.CASE_INSENSITIVE);

    private final List<String> values;

    private Secrets(Set<String> values) {
        this.values = values.stream()
                .filter(value -> !value.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** The secrets among the properties of a connection. */
    public static Secrets of(Map<String, String> properties) {
        Set<String> values = new LinkedHashSet<>();
        properties.forEach((name, value) -> {
            if (SECRET_NAME.matcher(name).find() && !name.endsWith("_ID") && !name.endsWith("_ARN")) {
                add(values, value);
            }
            inAddress(value, values);
        });
        return new Secrets(values);
    }

    /** The text with {@code ***} for every secret. */
    public String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, MASK);
        }
        return hidden;
    }

    private static void inAddress(String value, Set<String> values) {
        Matcher parameter = PARAMETER.matcher(value);
        while (parameter.find()) {
            if (SECRET_NAME.matcher(parameter.group(1)).find()) {
                add(values, parameter.group(2));
            }
        }
        for (Pattern pattern : List.of(USER_INFO, ORACLE)) {
            Matcher user = pattern.matcher(value);
            if (user.find()) {
                add(values, user.group(1));
            }
        }
    }

    private static void add(Set<String> values, String value) {
        values.add(value.strip());
        if (value.indexOf('%') >= 0) {
            try {
                values.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // Not an encoded text, so no driver decodes it either.
                values.add(value);
            }
        }
    }
}
