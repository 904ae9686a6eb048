/** What ./mastic demo shows: the main job on real data, step by step. */
@NullMarked
package dev.mastic.server.demo;

import org.jspecify.annotations.NullMarked;
