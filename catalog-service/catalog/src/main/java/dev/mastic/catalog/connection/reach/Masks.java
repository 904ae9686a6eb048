package dev.mastic.catalog.connection.reach;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What must not be shown of a connection: properties by their names, and passwords inside addresses. */
public final class Masks {
    private static final String MASK = "***";
    private static final String SECRET_WORD =
            "(?:password|passwd|pwd|passphrase|secret|token|credential|api_?key|private_?key|access_?key)";
    private static final Pattern SECRET_NAME = Pattern.compile(SECRET_WORD, Pattern.CASE_INSENSITIVE);

    /** References and addresses, which lead to secrets and are none. */
    private static final Pattern REFERENCE = Pattern.compile("(?:arn|id|url|uri|type|name)$", Pattern.CASE_INSENSITIVE);

    private static final Pattern USER_INFO = Pattern.compile("(://[^/?#:@;\\s]*:)[^?;\\s]*@");
    private static final Pattern ORACLE =
            Pattern.compile("(jdbc:oracle:[a-z0-9]+:[^/@\\s]*/)[^\\s]*@", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile(
            "((?:^|[?&;,(:])\\s*[\\w.-]*" + SECRET_WORD + "[\\w.-]*\\s*=)[^&;)]+", Pattern.CASE_INSENSITIVE);

    private Masks() {}

    /** Whether a property of that name is a secret. */
    public static boolean isSecret(String property) {
        return SECRET_NAME.matcher(property).find()
                && !REFERENCE.matcher(property.toLowerCase(Locale.ROOT)).find();
    }

    /** The text with {@code ***} for the passwords in its addresses. */
    public static String mask(String text) {
        String masked = USER_INFO.matcher(text).replaceAll("$1***@");
        masked = ORACLE.matcher(masked).replaceAll("$1***@");
        return PARAMETER.matcher(masked).replaceAll("$1***");
    }

    /** The text with {@code ***} for the passwords in its addresses, and for the secrets wherever they are. */
    public static String mask(String text, Collection<String> secrets) {
        String masked = text;
        List<String> longestFirst = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String secret : longestFirst) {
            masked = masked.replace(secret, MASK);
        }
        return mask(masked);
    }
}
