/** The Glue API on the wire: JSON 1.1 codec, dispatcher and error shapes over the AWS SDK's own model classes. */
@NullMarked
package dev.mastic.wire;

import org.jspecify.annotations.NullMarked;
