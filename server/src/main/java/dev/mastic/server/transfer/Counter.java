package dev.mastic.server.transfer;

import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Counts what passes. Read by other threads while it is written, for the progress bar. */
public final class Counter implements Consumer<GlueRequest> {
    private final Map<EntryKind, Long> counts = new EnumMap<>(EntryKind.class);
    private final Consumer<GlueRequest> next;

    /** @param next takes what passes */
    public Counter(Consumer<GlueRequest> next) {
        this.next = next;
    }

    @Override
    public void accept(GlueRequest request) {
        next.accept(request);
        synchronized (counts) {
            counts.merge(EntryKind.of(request), 1L, Long::sum);
        }
    }

    /** For people, {@code databases: 1, tables: 150} for instance. */
    public String shown() {
        List<String> parts = new ArrayList<>();
        synchronized (counts) {
            counts.forEach((kind, count) -> parts.add(String.format(Locale.ROOT, "%s: %,d", kind.shown(), count)));
        }
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }
}
