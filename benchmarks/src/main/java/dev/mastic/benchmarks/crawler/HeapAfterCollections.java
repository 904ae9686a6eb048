package dev.mastic.benchmarks.crawler;

import com.sun.management.GarbageCollectionNotificationInfo;

import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;

/** The most that was left on the heap after a collection of garbage: nearly what was in use. Thread-safe. */
final class HeapAfterCollections {
    private final AtomicLong most = new AtomicLong();

    private HeapAfterCollections() {}

    static HeapAfterCollections watch() {
        HeapAfterCollections heap = new HeapAfterCollections();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((event, any) -> heap.see(event), null, null);
        }
        return heap;
    }

    /** Bytes. */
    long most() {
        return most.get();
    }

    private void see(Notification event) {
        if (event.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            long used =
                    GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData())
                            .getGcInfo()
                            .getMemoryUsageAfterGc()
                            .entrySet()
                            .stream()
                            .filter(pool -> !pool.getKey().contains("Metaspace")
                                    && !pool.getKey().contains("CodeHeap")
                                    && !pool.getKey().contains("Class"))
                            .map(java.util.Map.Entry::getValue)
                            .mapToLong(MemoryUsage::getUsed)
                            .sum();
            most.accumulateAndGet(used, Math::max);
        }
    }
}
