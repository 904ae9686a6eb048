package dev.mastic.crawler.crawl;

import software.amazon.awssdk.services.glue.model.CrawlsFilter;
import software.amazon.awssdk.services.glue.model.FieldName;
import software.amazon.awssdk.services.glue.model.FilterOperator;
import software.amazon.awssdk.services.glue.model.InvalidInputException;

import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which crawls of a history are asked for, as SQL.
 *
 * @param condition to follow other conditions; empty, or starts with {@code and}
 */
record CrawlFilters(String condition, Map<String, Object> bindings) {

    CrawlFilters {
        bindings = Map.copyOf(bindings);
    }

    /**
     * Reads filters and the place in the list.
     *
     * @param place where the previous page ended; empty at the start
     * @throws InvalidInputException naming the filter that cannot be applied
     */
    static CrawlFilters of(List<CrawlsFilter> filters, String place) {
        StringBuilder condition = new StringBuilder();
        Map<String, Object> bindings = new HashMap<>();
        for (CrawlsFilter filter : filters) {
            String name = "f" + bindings.size();
            FieldName field = filter.fieldName();
            if (field == null || filter.fieldValue() == null || filter.filterOperator() == null) {
                throw invalid("A filter needs FieldName, FilterOperator and FieldValue");
            }
            String operator = operator(filter.filterOperator());
            condition
                    .append(" and ")
                    .append(
                            switch (field) {
                                case CRAWL_ID -> "id " + operator;
                                case STATE -> "case when state = 'STOPPING' then 'RUNNING' else state end " + operator;
                                case START_TIME -> "started_at " + operator;
                                case END_TIME -> "ended_at " + operator;
                                case DPU_HOUR, UNKNOWN_TO_SDK_VERSION ->
                                    throw invalid("Crawls cannot be filtered by "
                                            + filter.fieldNameAsString()
                                            + "; use CRAWL_ID, STATE, START_TIME or END_TIME");
                            })
                    .append(" :")
                    .append(name);
            bindings.put(name, value(field, filter.fieldValue()));
        }
        if (!place.isEmpty()) {
            condition.append(" and (started_at < :placeTime or (started_at = :placeTime and id > :placeId))");
            int space = place.indexOf(' ');
            try {
                bindings.put("placeTime", Timestamp.from(Instant.parse(place.substring(0, Math.max(0, space)))));
                bindings.put("placeId", UUID.fromString(place.substring(space + 1)));
            } catch (DateTimeException | IllegalArgumentException e) {
                throw (InvalidInputException)
                        Page.invalid().toBuilder().cause(e).build();
            }
        }
        return new CrawlFilters(condition.toString(), bindings);
    }

    /** The place of a crawl in the list. */
    static String place(CrawlRecord crawl) {
        return crawl.startedAt() + " " + crawl.id();
    }

    private static String operator(FilterOperator operator) {
        return switch (operator) {
            case GT -> ">";
            case GE -> ">=";
            case LT -> "<";
            case LE -> "<=";
            case EQ -> "=";
            case NE -> "<>";
            case UNKNOWN_TO_SDK_VERSION -> throw invalid("FilterOperator is unknown; use GT, GE, LT, LE, EQ or NE");
        };
    }

    private static Object value(FieldName field, String text) {
        try {
            return switch (field) {
                case CRAWL_ID -> UUID.fromString(text);
                case START_TIME, END_TIME ->
                    Timestamp.from(
                            text.matches("\\d{1,15}")
                                    ? Instant.ofEpochMilli(Long.parseLong(text))
                                    : Instant.parse(text));
                case STATE, DPU_HOUR, UNKNOWN_TO_SDK_VERSION -> text;
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw (InvalidInputException) invalid("'" + text + "' is no value of " + field
                            + "; times are milliseconds since 1970 or 2026-01-31T12:00:00Z")
                    .toBuilder()
                    .cause(e)
                    .build();
        }
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }
}
