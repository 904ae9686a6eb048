package dev.mastic.server.transfer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetPartitionsResponse;
import software.amazon.awssdk.services.glue.model.Partition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * All partitions of a table, in the order of their values where the endpoint lists segments in that order, as Mastic
 * does. A table of more than a page is read in segments at once, each one page ahead, so that memory holds some thousand
 * partitions whatever the table has. For one thread.
 */
final class PartitionStream implements Iterator<Partition> {
    private static final int PAGE = 1000;
    private static final int SEGMENTS = 4;
    private static final Comparator<Partition> BY_VALUES = Comparator.comparing(Partition::values, (left, right) -> {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    });

    private final GlueClient glue;
    private final String database;
    private final String table;
    private final Executor executor;
    private final PriorityQueue<Part> parts = new PriorityQueue<>(Comparator.comparing(Part::first, BY_VALUES));

    /** @param executor reads the pages; with a thread for each of four segments none waits */
    PartitionStream(GlueClient glue, String database, String table, Executor executor) {
        this.glue = glue;
        this.database = database;
        this.table = table;
        this.executor = executor;
        GetPartitionsResponse page = page(null, null);
        if (page.nextToken() == null) {
            add(new Part(page));
        } else {
            List<Part> segments = new ArrayList<>();
            for (int segment = 0; segment < SEGMENTS; segment++) {
                segments.add(new Part(segment));
            }
            segments.forEach(this::add);
        }
    }

    private void add(Part part) {
        if (part.fill()) {
            parts.add(part);
        }
    }

    @Override
    public boolean hasNext() {
        return !parts.isEmpty();
    }

    @Override
    public Partition next() {
        Part part = parts.poll();
        if (part == null) {
            throw new NoSuchElementException();
        }
        Partition next = part.page.removeFirst();
        add(part);
        return next;
    }

    private GetPartitionsResponse page(@Nullable Integer segment, @Nullable String token) {
        return glue.getPartitions(request -> {
            request.databaseName(database).tableName(table).maxResults(PAGE).nextToken(token);
            if (segment != null) {
                request.segment(part -> part.segmentNumber(segment).totalSegments(SEGMENTS));
            }
        });
    }

    /** What is read of one segment. */
    private final class Part {
        private final @Nullable Integer segment;
        private final Deque<Partition> page;
        private @Nullable CompletableFuture<GetPartitionsResponse> ahead;

        Part(GetPartitionsResponse only) {
            segment = null;
            page = new ArrayDeque<>(only.partitions());
        }

        Part(int segment) {
            this.segment = segment;
            page = new ArrayDeque<>();
            ahead = read(null);
        }

        private CompletableFuture<GetPartitionsResponse> read(@Nullable String token) {
            return CompletableFuture.supplyAsync(() -> page(segment, token), executor);
        }

        Partition first() {
            return page.getFirst();
        }

        /** Takes the next page when it has to; pages may be empty, and others follow. False at the end. */
        boolean fill() {
            while (page.isEmpty() && ahead != null) {
                GetPartitionsResponse next = await(ahead);
                page.addAll(next.partitions());
                ahead = next.nextToken() == null ? null : read(next.nextToken());
            }
            return !page.isEmpty();
        }

        private static GetPartitionsResponse await(CompletableFuture<GetPartitionsResponse> page) {
            try {
                return page.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        }
    }
}
