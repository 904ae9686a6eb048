package dev.mastic.embedded.objectstore;

import org.gaul.s3proxy.blobstore.SdkResponses;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing: a walk in the order of keys that enters only the folders which can hold keys with the prefix and
 * after the token, and stops one key after the page. The files, their names and attributes are those that S3Proxy's
 * file-system store writes.
 */
final class Listing {
    private static final String ETAG_ATTRIBUTE = "user.content-md5";
    private static final int BYTES_OF_MD5 = 16;
    private static final int MOST_BYTES_OF_ETAG = 256;
    private static final int MOST_READS_OF_A_VERSION = 20;
    private static final HexFormat HEX = HexFormat.of();

    private final SortedFolders folders;
    private final Writes writes;
    private final Path bucket;
    private final String prefix;
    private final boolean grouped;
    private final String after;
    private final int size;
    private final List<S3Object> objects = new ArrayList<>();
    private final List<CommonPrefix> prefixes = new ArrayList<>();
    private String last = "";
    private boolean truncated;

    /**
     * @param grouped whether keys are grouped at the first {@code /} after the prefix
     * @param after the last key or common prefix of the page before; empty for the first page
     * @param size most keys and common prefixes on the page
     */
    Listing(
            SortedFolders folders,
            Writes writes,
            Path bucket,
            String prefix,
            boolean grouped,
            @Nullable String after,
            int size) {
        this.folders = folders;
        this.writes = writes;
        this.bucket = bucket;
        this.prefix = prefix;
        this.grouped = grouped;
        this.after = after == null ? "" : after;
        this.size = size;
    }

    ListObjectsV2Response page() throws IOException {
        if (size > 0) {
            walk(bucket, "");
        }
        return SdkResponses.objectsPage(objects, prefixes, truncated ? last : null);
    }

    private void walk(Path folder, String keyOfFolder) throws IOException {
        List<String> names = folders.names(folder);
        for (int i = firstPossible(names, keyOfFolder); i < names.size() && !truncated; i++) {
            String name = names.get(i);
            String key = keyOfFolder + name;
            if (isPastPrefix(key)) {
                return;
            }
            if (!StoredNames.isHidden(name, keyOfFolder.isEmpty())) {
                if (name.endsWith("/")) {
                    folder(folder, name, key);
                } else {
                    file(folder, name, key);
                }
            }
        }
    }

    /** The first entry whose keys may have the prefix and come after the token. */
    private int firstPossible(List<String> names, String keyOfFolder) {
        String least = KeyOrder.BY_UTF8_BYTES.compare(after, prefix) > 0 ? after : prefix;
        if (!least.startsWith(keyOfFolder)) {
            return 0;
        }
        String rest = least.substring(keyOfFolder.length());
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash + 1);
        int found = Collections.binarySearch(names, name, KeyOrder.BY_UTF8_BYTES);
        return found >= 0 ? found : -found - 1;
    }

    private boolean isPastPrefix(String key) {
        return !key.startsWith(prefix) && !prefix.startsWith(key) && KeyOrder.BY_UTF8_BYTES.compare(key, prefix) > 0;
    }

    private void folder(Path parent, String name, String key) throws IOException {
        Path path = parent.resolve(name.substring(0, name.length() - 1));
        if (key.startsWith(prefix)) {
            String group = group(key);
            if (group != null) {
                if (KeyOrder.BY_UTF8_BYTES.compare(group, after) > 0 && holdsAnyKey(path, key)) {
                    addPrefix(group);
                }
                return;
            }
            // A key that ends with a slash is kept as attributes of the folder.
            if (isAfter(key)) {
                marker(path, key);
            }
        } else if (!prefix.startsWith(key)) {
            return;
        }
        if (!truncated && mayHoldKeysAfter(key)) {
            walk(path, key);
        }
    }

    private boolean mayHoldKeysAfter(String key) {
        return after.startsWith(key) || KeyOrder.BY_UTF8_BYTES.compare(key, after) > 0;
    }

    private boolean isAfter(String key) {
        return KeyOrder.BY_UTF8_BYTES.compare(key, after) > 0;
    }

    private @Nullable String group(String key) {
        if (!grouped) {
            return null;
        }
        int slash = key.indexOf('/', prefix.length());
        return slash < 0 ? null : key.substring(0, slash + 1);
    }

    /** An empty folder is what deleted objects leave behind, and no prefix of any key. */
    private boolean holdsAnyKey(Path folder, String key) throws IOException {
        if (etag(folder).isPresent()) {
            return true;
        }
        for (String name : folders.names(folder)) {
            if (!StoredNames.isHidden(name, key.isEmpty())
                    && (!name.endsWith("/")
                            || holdsAnyKey(folder.resolve(name.substring(0, name.length() - 1)), key + name))) {
                return true;
            }
        }
        return false;
    }

    private void file(Path folder, String name, String key) throws IOException {
        if (key.startsWith(prefix) && isAfter(key)) {
            Path path = folder.resolve(name);
            try {
                version(path, key);
            } catch (NoSuchFileException e) {
                // Deleted since the folder was read: as in S3, the listing may leave it out.
                return;
            }
        }
    }

    /** Reads again when the object was replaced in between, as the size of one version with the ETag of another lies. */
    private void version(Path path, String key) throws IOException {
        boolean beingWritten = writes.isBeingWritten(bucket.getFileName().toString(), key);
        Optional<String> before = etag(path);
        for (int tries = 1; ; tries++) {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Optional<String> etag = etag(path);
            if (etag.equals(before) || tries == MOST_READS_OF_A_VERSION) {
                if (!writes.isPartial(key, etag.isPresent(), beingWritten)) {
                    add(key, etag.orElse(null), attributes, attributes.size());
                }
                return;
            }
            before = etag;
        }
    }

    private void marker(Path folder, String key) throws IOException {
        Optional<String> etag = etag(folder);
        if (etag.isPresent()) {
            add(key, etag.get(), Files.readAttributes(folder, BasicFileAttributes.class), 0);
        }
    }

    private void add(String key, @Nullable String etag, BasicFileAttributes attributes, long bytes) {
        if (isFull()) {
            truncated = true;
            return;
        }
        objects.add(SdkResponses.objectEntry(
                key, etag, attributes.lastModifiedTime().toInstant(), bytes, StorageClass.STANDARD));
        last = key;
    }

    private void addPrefix(String group) {
        if (isFull()) {
            truncated = true;
            return;
        }
        prefixes.add(SdkResponses.commonPrefix(group));
        last = group;
    }

    private boolean isFull() {
        return objects.size() + prefixes.size() >= size;
    }

    private static Optional<String> etag(Path path) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
        if (view == null || !view.list().contains(ETAG_ATTRIBUTE)) {
            return Optional.empty();
        }
        // Not of the size asked for first, which may be that of another version.
        ByteBuffer value = ByteBuffer.allocate(MOST_BYTES_OF_ETAG);
        view.read(ETAG_ATTRIBUTE, value);
        byte[] bytes = Arrays.copyOf(value.array(), value.position());
        // A whole object has the digest itself, a multipart one the text that S3 shows.
        return Optional.of(
                bytes.length == BYTES_OF_MD5 ? HEX.formatHex(bytes) : new String(bytes, StandardCharsets.US_ASCII));
    }
}
