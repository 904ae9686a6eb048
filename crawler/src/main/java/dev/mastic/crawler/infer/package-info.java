/** Column types and the order between them: evidence in texts, and the narrowest type that holds two others. */
@NullMarked
package dev.mastic.crawler.infer;

import org.jspecify.annotations.NullMarked;
