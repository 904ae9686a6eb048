package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundTable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.List;
import java.util.Set;

/**
 * What is to be done with one table.
 *
 * @param table its name in the catalog
 * @param before as the catalog had it when the plan was made; null when it is new
 * @param after as it is to be written; null when its definition is not touched
 * @param newVersion whether the catalog is to keep the definition that was: counts alone are no new version
 * @param found what was found in the target; null when its data is gone
 * @param owned names of columns, in lower case, that a person edited: no crawl changes them
 * @param changes of the definition
 * @param notes what was seen and left alone
 */
public record TableChange(
        String table,
        String location,
        Action action,
        @Nullable Table before,
        @Nullable TableInput after,
        boolean newVersion,
        PartitionChanges partitions,
        @Nullable FoundTable found,
        List<String> exclusions,
        Set<String> owned,
        List<String> changes,
        List<String> notes) {

    public TableChange {
        exclusions = List.copyOf(exclusions);
        owned = Set.copyOf(owned);
        changes = List.copyOf(changes);
        notes = List.copyOf(notes);
    }
}
