package dev.mastic.server.transfer;

import dev.mastic.server.config.NearNames;
import software.amazon.awssdk.services.glue.model.GlueRequest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Lets the things of some databases pass, under the new names of those that have one. For one thread. */
public final class DatabaseChoice implements Consumer<GlueRequest> {
    private static final int NEAR_NAMES = 3;

    private final Set<String> wanted;
    private final Map<String, String> renamed;
    private final Consumer<GlueRequest> next;
    private final Set<String> seen = new TreeSet<>();

    /**
     * Before another.
     *
     * @param wanted names of databases, folded; none for all
     * @param renamed new names by old ones, folded
     */
    public DatabaseChoice(Set<String> wanted, Map<String, String> renamed, Consumer<GlueRequest> next) {
        this.wanted = Set.copyOf(wanted);
        this.renamed = Map.copyOf(renamed);
        this.next = next;
    }

    @Override
    public void accept(GlueRequest request) {
        String database = String.valueOf(EntryKind.database(request));
        seen.add(database);
        if (wanted.isEmpty() || wanted.contains(database)) {
            String name = renamed.get(database);
            next.accept(name == null ? request : EntryKind.inDatabase(request, name));
        }
    }

    /**
     * To be called at the end.
     *
     * @throws TransferException when a database that was asked for did not come
     */
    public void requireAll() {
        Set<String> missing = new TreeSet<>(wanted);
        missing.addAll(renamed.keySet());
        missing.removeAll(seen);
        if (!missing.isEmpty()) {
            String name = missing.iterator().next();
            List<String> near = NearNames.of(name, List.copyOf(seen), NEAR_NAMES);
            throw new TransferException("The export has no database '" + name + "'"
                    + (near.isEmpty() ? "; it has none at all" : "; near: " + String.join(", ", near)));
        }
    }
}
