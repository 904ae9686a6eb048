/** Tags of resources: Glue's rules for them, and the operations that route an ARN to the part that owns the resource. */
@NullMarked
package dev.mastic.wire.tag;

import org.jspecify.annotations.NullMarked;
