package dev.mastic.crawler.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells data from what lies around it.
 *
 * @param folder the folder that exclusions are relative to
 */
public record ObjectFilter(String folder, List<Glob> exclusions) {
    /**
     * Names of files that are no data in any tool that writes them: checksums, manifests of UNLOAD and of inventories,
     * Athena's metadata, files that are still being copied, what desktops and repositories leave behind.
     */
    private static final Pattern SIDECAR = Pattern.compile(".*\\.(crc|md5|sha1|sha256|sha512|sig|checksum|manifest|md"
            + "|metadata|tmp|temp|partial|crdownload|inprogress|lock|bak|swp)"
            + "|.*\\._copying_|.*~|.+\\..+\\.asc"
            + "|(readme|licen[cs]e|notice|changelog|contributing)(\\.(md|txt|rst|html|pdf|docx?))?"
            + "|manifest(\\.(json|csv|txt|xml))?|\\d+manifest|.+-manifest\\.csv"
            + "|md5sums?(\\.txt)?|sha\\d*sums?(\\.txt)?|checksums?\\.txt"
            + "|thumbs\\.db|desktop\\.ini");

    public ObjectFilter {
        exclusions = List.copyOf(exclusions);
    }

    /** Why an object is left out, if it is. */
    public Optional<SkipReason> skip(StoredObject object) {
        String key = object.key();
        String relative = relative(object);
        if (key.endsWith("/") || key.endsWith("$folder$")) {
            return Optional.of(SkipReason.FOLDER_MARKER);
        } else if (hidden(relative)) {
            return Optional.of(SkipReason.HIDDEN);
        } else if (SIDECAR.matcher(object.fileName().toLowerCase(Locale.ROOT)).matches()) {
            return Optional.of(SkipReason.SIDECAR);
        } else if (excluded(object)) {
            return Optional.of(SkipReason.EXCLUDED);
        } else if (object.size() == 0) {
            return Optional.of(SkipReason.EMPTY);
        }
        return Optional.empty();
    }

    /** Whether an exclusion matches, whatever else the object is. */
    boolean excluded(StoredObject object) {
        String relative = relative(object);
        return exclusions.stream().anyMatch(glob -> glob.matches(relative));
    }

    private String relative(StoredObject object) {
        String key = object.key();
        return key.startsWith(folder) ? key.substring(folder.length()) : object.fileName();
    }

    /** A folder {@code _year=2020} is data: a partition key may start with an underscore. */
    private static boolean hidden(String relative) {
        for (String component : relative.split("/")) {
            if (component.startsWith(".") || (component.startsWith("_") && component.indexOf('=') < 0)) {
                return true;
            }
        }
        return false;
    }
}
