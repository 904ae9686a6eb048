package dev.mastic.warehouse.dialect;

import org.jspecify.annotations.Nullable;

/**
 * A row on its way to a staging table.
 *
 * @param number unique in its load, and the same whenever the load's rows are computed again
 * @param values Boolean, Long, BigDecimal, Double, String, LocalDate, Instant, LocalDateTime, byte[] or null, in the order
 *     of the columns; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // millions of them live for a moment, and nobody compares them
public record StagedRow(long number, @Nullable Object[] values) {}
