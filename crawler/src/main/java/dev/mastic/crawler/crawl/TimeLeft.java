package dev.mastic.crawler.crawl;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/** Estimates how long a crawl still takes. */
final class TimeLeft {
    private static final double MILLIS = 1000.0;

    /** Files that must have been read before their pace says anything. */
    private static final int ENOUGH = 20;

    private TimeLeft() {}

    /**
     * Seconds that are left: by the pace at which files are read when many are to be read, otherwise by the median of the
     * crawls before.
     *
     * @param median seconds of the crawls that completed; null when none did
     * @return empty when nothing can be said yet
     */
    static Optional<Double> of(CrawlRecord crawl, @Nullable Double median, Instant now) {
        CrawlProgress progress = crawl.progress();
        double elapsed = crawl.elapsed(now).toMillis() / MILLIS;
        if (progress.objectsSampled() >= ENOUGH && progress.samplesFound() > progress.objectsSampled()) {
            double pace = elapsed / progress.objectsSampled();
            return Optional.of(pace * (progress.samplesFound() - progress.objectsSampled()));
        }
        return median == null ? Optional.empty() : Optional.of(Math.max(0, median - elapsed));
    }
}
