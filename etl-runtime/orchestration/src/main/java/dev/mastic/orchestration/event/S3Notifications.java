package dev.mastic.orchestration.event;

import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Understands notifications of S3, MinIO and others of their kind, also wrapped by SNS, and those of EventBridge.
 * Thread-safe.
 */
public final class S3Notifications {
    static final int LONGEST_SEQUENCER = 64;
    private static final Logger LOG = LoggerFactory.getLogger(S3Notifications.class);
    private static final int LONGEST_KEY_BYTES = 1024;
    private static final int LONGEST_NAME = 255;
    private static final int DEEPEST_WRAPPING = 3;

    private S3Notifications() {}

    /**
     * The events of a notification; none for a test event or a subscription message.
     *
     * @throws RestException with status 400 and the reason when the body is no notification; nothing of it counts then
     */
    public static List<BucketEvent> parse(byte[] body) {
        return parse(Json.readObject(body), 0);
    }

    private static List<BucketEvent> parse(Map<String, Object> message, int depth) {
        if (message.get("Records") instanceof List<?> records) {
            List<BucketEvent> events = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                events.add(record(object(records.get(i), "Records[" + i + "]"), "Records[" + i + "]"));
            }
            return events;
        }
        if ("s3:TestEvent".equals(message.get("Event"))) {
            LOG.info("The bucket {} sent its test event: its notifications arrive", message.get("Bucket"));
            return List.of();
        }
        if (message.containsKey("detail-type") || message.containsKey("detail")) {
            return List.of(eventBridge(message));
        }
        if (message.get("Type") instanceof String type && message.containsKey("Message")) {
            if (!type.equals("Notification")) {
                LOG.info("SNS sent {}; confirm the subscription of topic {} there", type, message.get("TopicArn"));
                return List.of();
            }
            if (depth >= DEEPEST_WRAPPING) {
                throw invalid("SNS messages are wrapped into each other more than " + DEEPEST_WRAPPING + " times");
            }
            return parse(Json.readObject(text(message, "Message", "").getBytes(StandardCharsets.UTF_8)), depth + 1);
        }
        throw invalid("The body has neither Records (S3, MinIO), nor detail (EventBridge), nor Message (SNS)");
    }

    private static BucketEvent record(Map<String, Object> record, String at) {
        Map<String, Object> s3 = object(record.get("s3"), at + ".s3");
        Map<String, Object> object = object(s3.get("object"), at + ".s3.object");
        String encoded = text(object, "key", at + ".s3.object.");
        String key;
        try {
            key = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid(at + ".s3.object.key is '" + encoded + "', which is not URL-encoded: " + e.getMessage());
        }
        return event(
                text(record, "eventName", at + ".").replaceFirst("^s3:", ""),
                text(object(s3.get("bucket"), at + ".s3.bucket"), "name", at + ".s3.bucket."),
                key,
                object,
                object.containsKey("eTag") ? "eTag" : "etag",
                record.get("eventTime"),
                at);
    }

    private static BucketEvent eventBridge(Map<String, Object> message) {
        if (!"aws.s3".equals(message.get("source"))) {
            throw invalid("The EventBridge event is of source '" + message.get("source") + "', not aws.s3");
        }
        Map<String, Object> detail = object(message.get("detail"), "detail");
        Map<String, Object> object = object(detail.get("object"), "detail.object");
        String kind = text(message, "detail-type", "").replace(" ", "");
        String reason = detail.get("reason") instanceof String text ? text.replace(" ", "") : "";
        return event(
                kind + ":" + (reason.equals("PutObject") ? "Put" : reason),
                text(object(detail.get("bucket"), "detail.bucket"), "name", "detail.bucket."),
                text(object, "key", "detail.object."),
                object,
                "etag",
                message.get("time"),
                "detail");
    }

    private static BucketEvent event(
            String name,
            String bucket,
            String key,
            Map<String, Object> object,
            String etagMember,
            @Nullable Object time,
            String at) {
        if (key.isEmpty()
                || key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY_BYTES
                || key.indexOf('\0') >= 0) {
            throw invalid(at + " has a key that no object can have: it is empty, longer than " + LONGEST_KEY_BYTES
                    + " bytes, or holds a NUL");
        }
        String etag = object.get(etagMember) instanceof String text ? text.replace("\"", "") : "";
        String sequencer = object.get("sequencer") instanceof String text && !text.isEmpty() ? text : null;
        checkLength(bucket, LONGEST_NAME, at + ": the bucket's name");
        checkLength(name, LONGEST_NAME, at + ": the event's name");
        checkLength(etag, LONGEST_NAME, at + ": the etag");
        checkLength(sequencer == null ? "" : sequencer, LONGEST_SEQUENCER, at + ": the sequencer");
        BucketEvent event = new BucketEvent(name, bucket, key, etag, size(object, at), sequencer, time(time, at));
        if (event.isCreation() && etag.isEmpty()) {
            throw invalid(at + " tells of a new object without its etag: s3://" + bucket + "/" + key);
        }
        return event;
    }

    private static void checkLength(String value, int longest, String what) {
        if (value.length() > longest || value.indexOf('\0') >= 0) {
            throw invalid(what + " is longer than " + longest + " characters or holds a NUL");
        }
    }

    private static long size(Map<String, Object> object, String at) {
        Object size = object.get("size");
        if (size == null) {
            return 0;
        }
        if (size instanceof Integer || size instanceof Long) {
            long bytes = ((Number) size).longValue();
            if (bytes >= 0) {
                return bytes;
            }
        }
        throw invalid(at + " has the size '" + size + "', which is no number of bytes");
    }

    private static Instant time(@Nullable Object time, String at) {
        if (time == null) {
            return Instant.now();
        }
        try {
            return Instant.parse(time.toString());
        } catch (DateTimeParseException e) {
            throw invalid(at + " has the time '" + time + "', which is not like 2026-01-31T12:00:00Z");
        }
    }

    private static Map<String, Object> object(@Nullable Object value, String at) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> object = new java.util.HashMap<>();
            map.forEach((name, member) -> {
                if (member != null) {
                    object.put(String.valueOf(name), member);
                }
            });
            return object;
        }
        throw invalid(at + " is missing or no object");
    }

    private static String text(Map<String, Object> object, String member, String prefix) {
        if (object.get(member) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw invalid(prefix + member + " is missing or no text");
    }

    private static RestException invalid(String reason) {
        return new RestException(400, "InvalidNotification", reason);
    }
}
