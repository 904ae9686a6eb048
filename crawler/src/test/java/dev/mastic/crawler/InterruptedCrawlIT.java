package dev.mastic.crawler;

import dev.mastic.testing.TestObjectStore;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.Table;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static dev.mastic.crawler.CrawlFixture.columns;
import static org.assertj.core.api.Assertions.assertThat;

/** Crawls that are stopped, or whose server dies, before or after any of their writes into the catalog. */
class InterruptedCrawlIT {
    private static final int PARTITIONS = 130;
    private static final int WRITES = 9;
    private static final Set<String> WRITING = Set.of(
            "createDatabase",
            "createTable",
            "updateTable",
            "deleteTable",
            "batchCreatePartition",
            "batchUpdatePartition",
            "batchDeletePartition");

    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicReference<Runnable> interruption = new AtomicReference<>(() -> {});
    private volatile int interruptAt = -1;

    @Test
    void leaveTheCatalogWholeAndTheNextOneFinishesTheWork() {
        try (CrawlFixture fixture =
                new CrawlFixture(TestObjectStore.shared().s3(), Clock.systemUTC(), this::interrupted)) {
            fixture.createCrawler();
            boolean stop = true;
            for (int at = 1; at <= WRITES; at++) {
                begin(fixture);
                interruption.set(
                        stop
                                ? () -> fixture.glue.stopCrawler(request -> request.name("crawler"))
                                : () -> {
                                    throw new IllegalStateException("The server dies here");
                                });
                interruptAt = at;
                fixture.crawlToEnd();
                interruptAt = -1;
                everyTableIsWhole(fixture);

                change(fixture);
                interruptAt = at;
                fixture.crawlToEnd();
                interruptAt = -1;
                everyTableIsWhole(fixture);

                fixture.crawl();
                assertFinished(fixture, at);
                stop = !stop;
            }
        }
    }

    private void begin(CrawlFixture fixture) {
        try {
            fixture.glue.deleteDatabase(request -> request.name("db"));
        } catch (EntityNotFoundException none) {
            assertThat(none).as("the first time there is none").isNotNull();
        }
        fixture.put("a/f.csv", "id,v\n1,2\n");
        for (int i = 0; i < PARTITIONS; i++) {
            fixture.put(key(i), "id,v\n1,2\n");
        }
        writes.set(0);
    }

    private void change(CrawlFixture fixture) {
        fixture.put("a/f.csv", "id,v,w\n1,2.5,3\n");
        fixture.put(key(0), "id,v,w\n1,2.5,3\n");
        fixture.delete(key(1));
        writes.set(0);
    }

    private static String key(int i) {
        return String.format(Locale.ROOT, "t/day=%03d/a.csv", i);
    }

    /** Whatever there is can be read: a definition is the old one or the new one, and partitions have one of both too. */
    private static void everyTableIsWhole(CrawlFixture fixture) {
        for (String name : fixture.tables()) {
            Table table = fixture.table(name);
            assertThat(columns(table.storageDescriptor().columns()))
                    .isIn("id bigint, v bigint", "id bigint, v double, w bigint");
            for (Partition partition : fixture.partitions(name)) {
                assertThat(columns(partition.storageDescriptor().columns()))
                        .isIn("id bigint, v bigint", "id bigint, v double, w bigint");
                assertThat(partition.storageDescriptor().location())
                        .startsWith(table.storageDescriptor().location());
            }
        }
    }

    private static void assertFinished(CrawlFixture fixture, int at) {
        assertThat(fixture.columns("a")).as("interrupted at write %d", at).isEqualTo("id bigint, v double, w bigint");
        assertThat(fixture.columns("t")).as("interrupted at write %d", at).isEqualTo("id bigint, v double, w bigint");
        assertThat(fixture.partitions("t"))
                .allSatisfy(partition -> assertThat(
                                columns(partition.storageDescriptor().columns()))
                        .isEqualTo("id bigint, v double, w bigint"))
                .hasSizeBetween(PARTITIONS - 1, PARTITIONS);
    }

    /** The real catalog; calls the interruption before the write that is next in turn when that is an odd one, else after it. */
    private GlueClient interrupted(GlueClient catalog) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean mine = WRITING.contains(method.getName())
                    && method.getParameterCount() == 1
                    && !method.getParameterTypes()[0].equals(java.util.function.Consumer.class);
            boolean now = mine && writes.incrementAndGet() == interruptAt;
            try {
                if (method.isDefault()
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0].equals(java.util.function.Consumer.class)) {
                    return InvocationHandler.invokeDefault(proxy, method, arguments);
                }
                if (now && interruptAt % 2 == 1) {
                    interruption.get().run();
                }
                Object answer = method.invoke(catalog, arguments);
                if (now && interruptAt % 2 == 0) {
                    interruption.get().run();
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (GlueClient)
                Proxy.newProxyInstance(GlueClient.class.getClassLoader(), new Class<?>[] {GlueClient.class}, handler);
    }
}
