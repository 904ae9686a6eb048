/** From packed bytes to plain ones, whatever the codec, within bounds. No input or output. */
@NullMarked
package dev.mastic.crawler.classify.unpack;

import org.jspecify.annotations.NullMarked;
