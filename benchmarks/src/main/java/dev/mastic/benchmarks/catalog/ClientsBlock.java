package dev.mastic.benchmarks.catalog;

import software.amazon.awssdk.services.glue.GlueClient;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** GetTable by several clients at once. */
final class ClientsBlock {
    private static final int CALLS = 20_000;

    private final GlueClient glue;

    ClientsBlock(GlueClient glue) {
        this.glue = glue;
    }

    void run() throws Exception {
        glue.createTable(request -> request.databaseName("bench").tableInput(Entries.table("asked")));
        Figures.title("GetTable by clients at once", "clients", "calls/s", "median ms", "p99 ms");
        for (int clients : List.of(1, 8, 32)) {
            measure(clients, CALLS / 10);
            Result result = measure(clients, CALLS);
            Figures.row("%-52s", clients, result.callsPerSecond(), result.at(0.5), result.at(0.99));
        }
    }

    private record Result(double callsPerSecond, List<Long> nanos) {
        double at(double fraction) {
            return nanos.get((int) ((nanos.size() - 1) * fraction)) / 1e6;
        }
    }

    private Result measure(int clients, int calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            long start = System.nanoTime();
            List<Future<List<Long>>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                all.add(pool.submit(() -> {
                    List<Long> times = new ArrayList<>();
                    for (int call = 0; call < calls / clients; call++) {
                        long began = System.nanoTime();
                        glue.getTable(request -> request.databaseName("bench").name("asked"));
                        times.add(System.nanoTime() - began);
                    }
                    return times;
                }));
            }
            List<Long> times = new ArrayList<>();
            for (Future<List<Long>> client : all) {
                times.addAll(client.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            times.sort(null);
            return new Result(times.size() / seconds, times);
        } finally {
            pool.shutdownNow();
        }
    }
}
