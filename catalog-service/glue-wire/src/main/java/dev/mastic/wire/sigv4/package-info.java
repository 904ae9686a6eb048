/** Verification of AWS Signature Version 4, in headers and in presigned URLs. */
@NullMarked
package dev.mastic.wire.sigv4;

import org.jspecify.annotations.NullMarked;
