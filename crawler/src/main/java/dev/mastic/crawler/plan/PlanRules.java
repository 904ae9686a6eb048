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
        DeleteBehavior deleteBehavior) {}
