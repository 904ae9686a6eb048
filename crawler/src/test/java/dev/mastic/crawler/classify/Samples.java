package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.StoredObject;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/** Samples of files, made in tests. */
final class Samples {
    private Samples() {}

    static Sample whole(String key, byte[] bytes) {
        return new Sample(object(key, bytes.length), bytes, true);
    }

    static Sample whole(String key, String text) {
        return whole(key, text.getBytes(StandardCharsets.UTF_8));
    }

    static StoredObject object(String key, long size) {
        return new StoredObject("bucket", key, size, Instant.EPOCH);
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
