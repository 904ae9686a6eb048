package dev.mastic.spark.write;

import dev.mastic.bookmarks.Ledger;
import dev.mastic.spark.read.Catalog;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;

/**
 * What the writers of a run work with.
 *
 * @param attempt of the run, from 0
 * @param scratch folder for files until they are uploaded
 */
public record WriteContext(Ledger ledger, S3Client s3, Catalog catalog, String runId, int attempt, Path scratch) {}
