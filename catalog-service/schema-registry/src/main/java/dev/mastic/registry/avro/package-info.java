/** Avro: schemas are parsed and compared by Apache Avro itself. */
@NullMarked
package dev.mastic.registry.avro;

import org.jspecify.annotations.NullMarked;
