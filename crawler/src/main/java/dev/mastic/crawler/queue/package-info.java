/** Events of buckets that wait in queues of SQS. */
@NullMarked
package dev.mastic.crawler.queue;

import org.jspecify.annotations.NullMarked;
