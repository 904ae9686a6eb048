/**
 * The real parts that tests run against, behind one fixture: PostgreSQL and an S3 server, each started once per JVM and
 * stopped with it.
 */
@NullMarked
package dev.mastic.testing;

import org.jspecify.annotations.NullMarked;
