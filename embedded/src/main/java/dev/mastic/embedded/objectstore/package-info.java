/** An S3 server on a folder, with listings that page in linear time and an event for every object that appears or vanishes. */
@NullMarked
package dev.mastic.embedded.objectstore;

import org.jspecify.annotations.NullMarked;
