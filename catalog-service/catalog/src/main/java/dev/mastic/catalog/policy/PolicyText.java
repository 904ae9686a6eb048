package dev.mastic.catalog.policy;

import dev.mastic.catalog.store.Errors;
import dev.mastic.catalog.store.Texts;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a text must have to be a resource policy: the grammar of IAM, as far as the names of members go. */
final class PolicyText {
    /** Glue's limit on resource policies. */
    private static final int MOST_BYTES = 10 * 1024;

    private static final List<String> VERSIONS = List.of("2012-10-17", "2008-10-17");
    private static final List<String> EFFECTS = List.of("Allow", "Deny");
    private static final List<String> NEEDED = List.of("Principal", "Action", "Resource");

    private PolicyText() {}

    /**
     * Checks.
     *
     * @throws InvalidInputException when the text is no policy
     */
    static void check(String policy) {
        Texts.requireStorable(policy, "PolicyInJson");
        int bytes = policy.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw Errors.invalid("PolicyInJson has " + bytes + " bytes; at most " + MOST_BYTES + " are taken");
        }
        if (!(parsed(policy) instanceof Map<?, ?> object)) {
            throw Errors.invalid("PolicyInJson must be a JSON object");
        }
        Object version = object.get("Version");
        if (version != null && !VERSIONS.contains(String.valueOf(version))) {
            throw Errors.invalid("Version of PolicyInJson is " + version + "; use one of " + VERSIONS);
        }
        Object statement = object.get("Statement");
        List<?> statements =
                statement instanceof List<?> list ? list : statement == null ? List.of() : List.of(statement);
        if (statements.isEmpty()) {
            throw Errors.invalid("PolicyInJson has no Statement");
        }
        for (int i = 0; i < statements.size(); i++) {
            checkStatement(statements.get(i), i + 1);
        }
    }

    private static @Nullable Object parsed(String policy) {
        try {
            // As the one element of an array, so that nothing can follow it.
            List<?> list = Json.read("[" + policy + "\n]", List.class);
            return list.size() == 1 ? list.get(0) : null;
        } catch (RestException e) {
            throw Errors.invalid("PolicyInJson is not valid JSON");
        }
    }

    private static void checkStatement(@Nullable Object statement, int number) {
        String what = "Statement " + number + " of PolicyInJson";
        if (!(statement instanceof Map<?, ?> object)) {
            throw Errors.invalid(what + " must be a JSON object");
        }
        if (!EFFECTS.contains(String.valueOf(object.get("Effect")))) {
            throw Errors.invalid(what + " needs an Effect of " + EFFECTS);
        }
        for (String member : NEEDED) {
            if (!object.containsKey(member) && !object.containsKey("Not" + member)) {
                throw Errors.invalid(what + " needs " + member);
            }
        }
    }
}
