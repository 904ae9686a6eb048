package dev.mastic.crawler.plan;

import software.amazon.awssdk.services.glue.model.DeleteBehavior;
import software.amazon.awssdk.services.glue.model.UpdateBehavior;

import java.util.UUID;

/**
 * What the crawler's definition says about changes.
 *
 * @param tablePrefix stands before the name of each new table; may be empty
 */
public record PlanRules(
        String crawler,
        UUID crawlId,
        String database,
        String tablePrefix,
        ColumnUpdates columns,
        UpdateBehavior updateBehavior,
        DeleteBehavior deleteBehavior,
        Reach reach) {

    /** Which tables a crawl may write. */
    public enum Reach {
        /** Those that it makes, and those that it made before. */
        OWN_TABLES,
        /** Those that the crawler's CatalogTargets name, whoever made them; none is made. */
        NAMED_TABLES
    }
}
