/** Tables of DynamoDB: their items as data frames, and rows as items, within a budget of capacity. */
@NullMarked
package dev.mastic.spark.dynamodb;

import org.jspecify.annotations.NullMarked;
