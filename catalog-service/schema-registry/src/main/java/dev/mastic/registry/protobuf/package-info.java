/** Protocol Buffers, proto2 and proto3: from text to descriptors, and what stays readable on the wire. */
@NullMarked
package dev.mastic.registry.protobuf;

import org.jspecify.annotations.NullMarked;
