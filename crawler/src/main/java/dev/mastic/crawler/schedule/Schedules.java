package dev.mastic.crawler.schedule;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Crawler;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Schedule;
import software.amazon.awssdk.services.glue.model.ScheduleState;

import java.time.Instant;
import java.util.Optional;

/** Schedules of crawlers: the expression is part of the definition, whether it is followed is not. */
public final class Schedules {
    private Schedules() {}

    /** The expression of a crawler; empty when it has none. */
    public static Optional<String> expression(Crawler crawler) {
        return Optional.ofNullable(crawler.schedule())
                .map(Schedule::scheduleExpression)
                .filter(text -> !text.isBlank());
    }

    /**
     * When a crawler is to be started next.
     *
     * @return empty when it has no schedule
     * @throws InvalidInputException when the schedule is not valid, or names no time to come
     */
    public static Optional<Instant> first(Crawler crawler, Instant now) {
        return expression(crawler)
                .map(text -> GlueCron.parse(text)
                        .next(now)
                        .orElseThrow(() -> InvalidInputException.builder()
                                .message("Schedule '" + text + "' names no time to come")
                                .build()));
    }

    /** The schedule as the API shows it; null when there is none. */
    public static @Nullable Schedule shown(Crawler crawler, @Nullable Instant next) {
        return expression(crawler)
                .map(text -> Schedule.builder()
                        .scheduleExpression(text)
                        .state(next == null ? ScheduleState.NOT_SCHEDULED : ScheduleState.SCHEDULED)
                        .build())
                .orElse(null);
    }
}
