/** Apache Hive Metastore under the questions that the catalog's benchmark asks. */
package dev.mastic.benchmarks.hive;
