/** Where data is looked for: listing of a target in S3, the rules that leave objects out, and ranged reads of the rest. */
@NullMarked
package dev.mastic.crawler.source;

import org.jspecify.annotations.NullMarked;
