package dev.mastic.crawler.schedule;

import org.quartz.CronExpression;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code cron(minutes hours day-of-month month day-of-week year)} in UTC, by the rules of the Glue Developer Guide
 * ("Time-based schedules"): one of the two days is {@code ?}; {@code L}, {@code W} and {@code #} may be used; Sunday is 1.
 * Immutable.
 */
public final class GlueCron {
    private static final Pattern FORM = Pattern.compile("cron\\(([^()]{1,200})\\)");
    private static final int FIELDS = 6;

    private final CronExpression expression;

    private GlueCron(CronExpression expression) {
        this.expression = expression;
    }

    /** @throws InvalidInputException saying what is wrong with the text */
    public static GlueCron parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw invalid(text, "it has not the form cron(minutes hours day-of-month month day-of-week year)");
        }
        String fields = form.group(1).strip();
        int count = fields.split("\\s+").length;
        if (count != FIELDS) {
            throw invalid(
                    text,
                    "it has " + count + " fields, six are needed: minutes hours day-of-month month"
                            + " day-of-week year");
        }
        try {
            // Quartz has seconds before the six fields of AWS, which are its own otherwise.
            CronExpression expression = new CronExpression("0 " + fields);
            expression.setTimeZone(TimeZone.getTimeZone("UTC"));
            return new GlueCron(expression);
        } catch (ParseException | RuntimeException e) {
            // Quartz reads some texts beyond their end, or finds no number where it wants one.
            throw invalid(text, String.valueOf(e.getMessage()));
        }
    }

    /** The first time after another; empty when there is none any more. */
    public Optional<Instant> next(Instant after) {
        Date next = expression.getNextValidTimeAfter(Date.from(after));
        return Optional.ofNullable(next).map(Date::toInstant);
    }

    private static InvalidInputException invalid(String text, String why) {
        return InvalidInputException.builder()
                .message("Schedule '" + text + "' is not valid: " + why
                        + ". An example is cron(15 12 * * ? *), each day at 12:15 UTC")
                .build();
    }
}
