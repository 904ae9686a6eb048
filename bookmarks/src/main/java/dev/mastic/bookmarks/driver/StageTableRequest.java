package dev.mastic.bookmarks.driver;

import dev.mastic.warehouse.table.TablePath;

/**
 * The body of {@code POST .../driver/tables}.
 *
 * @param output name of the write step
 * @param connection name of the connection in the catalog
 * @param table the staging table
 */
public record StageTableRequest(String output, String connection, TablePath table) {}
