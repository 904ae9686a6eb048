/** The object store as a driver sees it: locations, clients, listings. */
@NullMarked
package dev.mastic.spark.s3;

import org.jspecify.annotations.NullMarked;
