package dev.mastic.spark.dynamodb;

import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Spreads requests over time, so that all tasks of this process together take no more capacity units a second than they
 * may. Thread-safe.
 */
final class CapacityBudget {
    /** What Glue takes for the capacity of a table that is billed by request. */
    private static final long UNITS_ON_DEMAND = 40_000;

    private static final Map<String, CapacityBudget> SHARED = new ConcurrentHashMap<>();

    private final double unitsPerSecond;
    private final AtomicLong freeAt = new AtomicLong(System.nanoTime());

    private CapacityBudget(double unitsPerSecond) {
        this.unitsPerSecond = unitsPerSecond;
    }

    /** The one budget that all tasks of a step share. */
    static CapacityBudget shared(String work, double unitsPerSecond) {
        return SHARED.computeIfAbsent(work, name -> new CapacityBudget(unitsPerSecond));
    }

    static double readUnits(TableDescription table, int percent) {
        return units(table, table.provisionedThroughput().readCapacityUnits(), percent);
    }

    static double writeUnits(TableDescription table, int percent) {
        return units(table, table.provisionedThroughput().writeCapacityUnits(), percent);
    }

    private static double units(TableDescription table, long provisioned, int percent) {
        boolean onDemand = provisioned == 0
                || (table.billingModeSummary() != null
                        && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST);
        return Math.max(1.0, (onDemand ? UNITS_ON_DEMAND : provisioned) * percent / 100.0);
    }

    /** Books what a request took; the next one waits as long as that takes at the rate. */
    void spend(double units) {
        long nanos = (long) (units / unitsPerSecond * TimeUnit.SECONDS.toNanos(1));
        freeAt.accumulateAndGet(nanos, (at, added) -> Math.max(at, System.nanoTime()) + added);
    }

    /** Waits until what was booked is over. */
    void await() {
        pauseUntil(freeAt.get());
    }

    static void pause(long millis) {
        pauseUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void pauseUntil(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("Interrupted while waiting for capacity of DynamoDB");
            }
            LockSupport.parkNanos(left);
        }
    }
}
