package dev.mastic.crawler.find;

import java.util.List;
import java.util.function.Function;

/**
 * What was found at one target.
 *
 * @param exclusions of the target, which the tables carry so that readers leave out the same files
 * @param fingerprint of all that the target holds: another one when an object came, went or changed; empty when it is not
 *     known
 * @param presence what became of a table, by its location (of a database's table, its location
 *     and its connection), that lies here and is not among {@code tables}
 */
public record Findings(
        ListedTarget target,
        List<FoundTable> tables,
        List<String> exclusions,
        String fingerprint,
        Function<String, Presence> presence) {

    public Findings {
        tables = List.copyOf(tables);
        exclusions = List.copyOf(exclusions);
    }

    /** Findings of a target that has no fingerprint. */
    public Findings(
            ListedTarget target,
            List<FoundTable> tables,
            List<String> exclusions,
            Function<String, Presence> presence) {
        this(target, tables, exclusions, "", presence);
    }
}
