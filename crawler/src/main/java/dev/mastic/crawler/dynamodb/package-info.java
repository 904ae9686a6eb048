/** Tables of DynamoDB as sources: sampled items, whose attributes are joined into one schema. */
@NullMarked
package dev.mastic.crawler.dynamodb;

import org.jspecify.annotations.NullMarked;
