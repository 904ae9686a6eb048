package dev.mastic.crawler.source;

import java.util.List;
import java.util.Optional;

/**
 * Tells data from what lies around it.
 *
 * @param folder the folder that exclusions are relative to
 */
public record ObjectFilter(String folder, List<Glob> exclusions) {

    public ObjectFilter {
        exclusions = List.copyOf(exclusions);
    }

    /** Why an object is left out, if it is. */
    public Optional<SkipReason> skip(StoredObject object) {
        String key = object.key();
        String relative = key.startsWith(folder) ? key.substring(folder.length()) : object.fileName();
        if (key.endsWith("/") || key.endsWith("$folder$")) {
            return Optional.of(SkipReason.FOLDER_MARKER);
        } else if (hidden(relative)) {
            return Optional.of(SkipReason.HIDDEN);
        } else if (exclusions.stream().anyMatch(glob -> glob.matches(relative))) {
            return Optional.of(SkipReason.EXCLUDED);
        } else if (object.size() == 0) {
            return Optional.of(SkipReason.EMPTY);
        }
        return Optional.empty();
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
