package dev.mastic.crawler.queue;

import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folders that a message names: a notification of S3 ("Event message structure" of the S3 User Guide), one that SNS
 * wrapped, or an event of EventBridge.
 */
final class EventMessage {
    private EventMessage() {}

    /**
     * Folders as {@code s3://bucket/prefix/}; none of a test event.
     *
     * @throws IllegalArgumentException when the text is nothing of these
     */
    static Set<String> folders(String body) {
        try {
            Map<String, Object> root = Json.readObject(body.getBytes(StandardCharsets.UTF_8));
            if (root.get("Message") instanceof String wrapped && root.containsKey("TopicArn")) {
                return folders(wrapped);
            }
            Set<String> folders = new TreeSet<>();
            if (root.get("Records") instanceof List<?> records) {
                for (Object record : records) {
                    Map<?, ?> s3 = object(object(record).get("s3"));
                    // Keys are encoded as in a form: a space is a plus sign.
                    folders.add(folder(s3, URLDecoder.decode(key(s3), StandardCharsets.UTF_8)));
                }
                return folders;
            } else if (root.get("detail") instanceof Map<?, ?> detail) {
                folders.add(folder(detail, key(detail)));
                return folders;
            } else if ("s3:TestEvent".equals(root.get("Event"))) {
                return folders;
            }
        } catch (RestException e) {
            throw new IllegalArgumentException("The message is not JSON", e);
        }
        throw new IllegalArgumentException("The message has neither Records nor detail");
    }

    private static String folder(Map<?, ?> event, String key) {
        String bucket = text(object(event.get("bucket")).get("name"));
        return "s3://" + bucket + "/" + key.substring(0, key.lastIndexOf('/') + 1);
    }

    private static String key(Map<?, ?> event) {
        return text(object(event.get("object")).get("key"));
    }

    private static Map<?, ?> object(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("The message names no bucket and object");
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("The message names no bucket and object");
    }
}
