/** Tables of databases: their rows as data frames, and data frames as rows of databases. */
@NullMarked
package dev.mastic.spark.jdbc;

import org.jspecify.annotations.NullMarked;
