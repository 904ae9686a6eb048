/** Times that Glue's {@code cron(...)} expressions name. */
@NullMarked
package dev.mastic.crawler.schedule;

import org.jspecify.annotations.NullMarked;
