package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.find.Schema;
import dev.mastic.crawler.infer.ColumnType;
import dev.mastic.crawler.infer.HiveTypes;
import dev.mastic.crawler.infer.Widening;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of a table that is there, and those that the files have now. The table's order stays; what a person named,
 * typed, commented or removed stays as they left it. Used once.
 */
final class ColumnMerge {
    private final FoundTable found;
    private final ColumnUpdates policy;
    private final Written written;
    private final List<Column> columns = new ArrayList<>();
    private final Set<String> owned = new TreeSet<>();
    private final Set<String> ours = new TreeSet<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private ColumnMerge(FoundTable found, ColumnUpdates policy, Written written) {
        this.found = found;
        this.policy = policy;
        this.written = written;
        ours.addAll(written.columns());
    }

    static ColumnMerge of(
            List<Column> existing, FoundTable found, TableInput fresh, ColumnUpdates policy, Written written) {
        ColumnMerge merge = new ColumnMerge(found, policy, written);
        Map<String, Column> inFiles = new LinkedHashMap<>();
        fresh.storageDescriptor().columns().forEach(column -> inFiles.put(column.name(), column));
        for (Column column : existing) {
            merge.keep(column, inFiles.remove(column.name().toLowerCase(Locale.ROOT)));
        }
        inFiles.values().forEach(merge::add);
        return merge;
    }

    private void keep(Column column, @org.jspecify.annotations.Nullable Column now) {
        String name = column.name().toLowerCase(Locale.ROOT);
        boolean edited = edited(column, name);
        if (edited) {
            owned.add(name);
        }
        if (now != null) {
            ours.add(name);
            columns.add(told(commented(retyped(column, now), now, name), now));
        } else if (found.schema() == Schema.DECLARED && policy == ColumnUpdates.UPDATE && !edited) {
            changes.add("column " + column.name() + " is gone");
            ours.remove(name);
        } else {
            notes.add("column " + column.name() + " is in none of the files that were read; it is kept");
            columns.add(column);
        }
    }

    /** A column that a crawler gave, with what its store says of it now. */
    private Column told(Column column, Column now) {
        if (!column.parameters().containsKey(Marks.INFERRED_TYPE)) {
            return column;
        }
        SourceParameters told =
                SourceParameters.ofColumn(column.parameters(), now.parameters(), "column " + column.name());
        changes.addAll(told.changes());
        return column.toBuilder().parameters(told.merged(column.parameters())).build();
    }

    /** Whether a person made the column, or changed its type or comment. */
    private boolean edited(Column column, String name) {
        String inferred = column.parameters().get(Marks.INFERRED_TYPE);
        return inferred == null
                || !inferred.equals(column.type())
                || written.byPerson("comment " + name, column.comment())
                || (!written.columns().isEmpty() && !written.hadColumn(name));
    }

    private void add(Column added) {
        if (written.hadColumn(added.name())) {
            owned.add(added.name());
            notes.add("column " + added.name() + " was removed or renamed by a person; it is not added again");
            return;
        }
        changes.add("column " + added.name() + " " + added.type() + " is new");
        ours.add(added.name());
        columns.add(added);
    }

    private Column commented(Column column, Column now, String name) {
        if (now.comment() == null
                || now.comment().equals(column.comment())
                || written.byPerson("comment " + name, column.comment())
                || (column.comment() != null && !written.hashes().containsKey("comment " + name))) {
            return column;
        }
        changes.add("comment of column " + column.name() + " is new");
        return column.toBuilder().comment(now.comment()).build();
    }

    private Column retyped(Column column, Column now) {
        String type = column.type() == null ? "string" : column.type();
        String why = found.whyColumns().getOrDefault(now.name(), "");
        ColumnType existing = HiveTypes.parse(type);
        ColumnType inFiles = HiveTypes.parse(now.type());
        ColumnType joined = found.schema() == Schema.DECLARED ? inFiles : Widening.join(existing, inFiles);
        if (joined.hive().equals(existing.hive())) {
            return column;
        }
        String difference = "column " + column.name() + " is " + type + ", the files have " + inFiles.hive()
                + (why.isEmpty() ? "" : " (" + why + ")");
        if (!type.equals(column.parameters().get(Marks.INFERRED_TYPE))) {
            notes.add(difference + "; its type was not given by a crawler and is kept");
            return column;
        } else if (policy == ColumnUpdates.MERGE_NEW) {
            notes.add(difference + "; MergeNewColumns keeps its type");
            return column;
        } else if (found.schema() == Schema.TYPED
                && !(Widening.readableAs(existing, joined) && Widening.readableAs(inFiles, joined))) {
            notes.add(difference + "; no type reads both, so the table keeps its own: rewrite the files that differ");
            return column;
        }
        changes.add("column " + column.name() + " " + type + " becomes " + joined.hive()
                + (why.isEmpty() ? "" : ": " + why));
        Map<String, String> parameters = new LinkedHashMap<>(column.parameters());
        parameters.putAll(now.parameters());
        return FreshTable.retyped(column.toBuilder().parameters(parameters).build(), joined.hive());
    }

    /** As the table is to have them. */
    List<Column> columns() {
        return columns;
    }

    /** Names of those that a person edited or removed. */
    Set<String> owned() {
        return owned;
    }

    /** Names of all that the crawler ever gave the table and still would. */
    Set<String> ours() {
        return ours;
    }

    List<String> changes() {
        return changes;
    }

    List<String> notes() {
        return notes;
    }
}
