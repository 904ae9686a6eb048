package dev.mastic.crawler.lake;

import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.S3Location;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import dev.mastic.wire.rest.Json;
import dev.mastic.wire.rest.RestException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The metadata of one table in S3. */
record LakeFiles(ObjectStore store, String bucket, String root, Cancellation cancellation) {
    /** Metadata beyond is not read: a table of a million files has about as much. */
    static final int LARGEST = 32 << 20;

    /** The objects directly in a folder below the root, by key. */
    List<StoredObject> list(String folder) {
        List<StoredObject> objects = new ArrayList<>();
        store.listFolder(new S3Location(bucket, root + folder), cancellation, objects::addAll);
        objects.sort(Comparator.comparing(StoredObject::key));
        return objects;
    }

    /** @throws UnreadableFileException when the object is larger than {@link #LARGEST}, gone, or refused */
    String text(StoredObject object) {
        cancellation.check();
        if (object.size() > LARGEST) {
            throw new UnreadableFileException(object.uri() + " has " + object.size() + " bytes; the most that is read"
                    + " of metadata is " + LARGEST);
        }
        if (object.size() == 0) {
            return "";
        }
        byte[] bytes = store.read(object, 0, object.size());
        boolean gzip = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        return new String(gzip ? unpack(object, bytes) : bytes, StandardCharsets.UTF_8);
    }

    /** @throws UnreadableFileException when the object is no JSON object */
    Map<String, Object> json(StoredObject object) {
        return json(object, text(object));
    }

    static Map<String, Object> json(StoredObject object, String text) {
        try {
            return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (RestException e) {
            throw new UnreadableFileException(object.uri() + " is damaged: " + e.getMessage(), e);
        }
    }

    private static byte[] unpack(StoredObject object, byte[] bytes) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] plain = in.readNBytes(LARGEST + 1);
            if (plain.length > LARGEST) {
                throw new UnreadableFileException(object.uri() + " unpacks to more than " + LARGEST + " bytes");
            }
            return plain;
        } catch (IOException e) {
            throw new UnreadableFileException(object.uri() + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The table's address, with its slash. */
    String uri() {
        return "s3://" + bucket + "/" + root;
    }

    /** The folder's own name; the bucket's when the table is the whole bucket. */
    String name() {
        String path = root.isEmpty() ? bucket : root.substring(0, root.length() - 1);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
