package dev.mastic.orchestration.trigger;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.util.Map;

/**
 * Which objects start the job of an EVENT trigger, from the arguments of its action: {@code --event-bucket} (required),
 * {@code --event-prefix} and {@code --event-suffix}.
 */
record EventFilter(String bucket, String prefix, String suffix) {
    static EventFilter of(String triggerName, Map<String, String> arguments) {
        String bucket = orEmpty(arguments.get("--event-bucket"));
        if (bucket.isEmpty()) {
            throw InvalidInputException.builder()
                    .message(
                            "Trigger " + triggerName + " of type EVENT does not say for which objects: give its action "
                                    + "the argument --event-bucket, and --event-prefix or --event-suffix if you like")
                    .build();
        }
        return new EventFilter(
                bucket, orEmpty(arguments.get("--event-prefix")), orEmpty(arguments.get("--event-suffix")));
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
