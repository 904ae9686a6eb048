package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.StagedOutput.Evolution;
import dev.mastic.bookmarks.StagedOutput.Placement;
import dev.mastic.bookmarks.StagedOutput.TableFiles;
import dev.mastic.bookmarks.StagedOutput.TableRegistration;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether an output fits the table that is there, and what the table is to be with it. Stateless. */
final class TableFit {
    private TableFit() {}

    /** What speaks against registering an output; each problem names the table and what to do. */
    static List<String> problems(TableRegistration wanted, TableFiles files, Table table) {
        List<String> problems = new ArrayList<>();
        String name = wanted.database() + "." + wanted.table();
        StorageDescriptor storage = storageOf(table);
        if (!isWhereExpected(files, storage)) {
            problems.add("Table " + name + " is at " + storage.location() + ", and the output " + files.location()
                    + " is elsewhere: write to the table's location, or register another table");
        }
        if (files.placement() != Placement.REPLACE_TABLE
                && !TableStorage.of(files.format()).reads(storage.serdeInfo())) {
            problems.add("Table " + name + " has files of another format (SerDe "
                    + storage.serdeInfo().serializationLibrary() + ") than the output, which is " + files.format()
                    + ": write the table's format, overwrite all of it, or register another table");
        }
        List<String> keys =
                table.partitionKeys().stream().map(key -> fold(key.name())).toList();
        List<String> wantedKeys =
                wanted.partitionKeys().stream().map(key -> fold(key.name())).toList();
        if (!keys.equals(wantedKeys)) {
            problems.add("Table " + name + " is partitioned by " + keys + ", and the output by " + wantedKeys
                    + ": partition alike, or register another table");
        }
        problems.addAll(columnProblems(name, wanted, files.evolution(), storage.columns()));
        return problems;
    }

    private static boolean isWhereExpected(TableFiles files, StorageDescriptor storage) {
        if (storage.location() == null) {
            return true;
        }
        String place = folder(storage.location());
        String replaced = files.replacesLocation();
        return place.equals(folder(files.location())) || (replaced != null && place.equals(folder(replaced)));
    }

    private static List<String> columnProblems(
            String table, TableRegistration wanted, Evolution evolution, List<Column> present) {
        List<String> problems = new ArrayList<>();
        Map<String, String> types = new LinkedHashMap<>();
        present.forEach(column -> types.put(fold(column.name()), ColumnTypes.normal(column.type())));
        for (StagedOutput.Column column : wanted.columns()) {
            String type = types.remove(fold(column.name()));
            String written = ColumnTypes.normal(column.type());
            boolean fits = type == null || type.equals(written);
            if (evolution == Evolution.REFUSE && type == null) {
                problems.add("Table " + table + " has no column " + column.name()
                        + ", and its columns are not to change: leave it out, or allow another schema change");
            } else if (!fits && !(evolution == Evolution.WIDEN && comparable(type, written))) {
                problems.add("Column " + column.name() + " of table " + table + " is " + type + ", and the output's is "
                        + column.type() + ": cast it, or register another table");
            }
        }
        if (evolution == Evolution.REFUSE && !types.isEmpty()) {
            problems.add("The output has no column " + String.join(", ", types.keySet()) + " as table " + table
                    + " has, and its columns are not to change: derive it, or allow another schema change");
        }
        return problems;
    }

    private static boolean comparable(String one, String other) {
        return ColumnTypes.isWider(one, other) || ColumnTypes.isWider(other, one);
    }

    /** The columns that the table has with the output: its own, as wide as wanted, and then the new ones. */
    static List<Column> columns(TableRegistration wanted, TableFiles files, Table table) {
        List<Column> present = storageOf(table).columns();
        if (files.evolution() == Evolution.KEEP) {
            return present;
        }
        Map<String, StagedOutput.Column> written = new LinkedHashMap<>();
        wanted.columns().forEach(column -> written.put(fold(column.name()), column));
        List<Column> columns = new ArrayList<>();
        for (Column column : present) {
            StagedOutput.Column other = written.remove(fold(column.name()));
            boolean wider = other != null
                    && files.evolution() == Evolution.WIDEN
                    && ColumnTypes.isWider(ColumnTypes.normal(other.type()), ColumnTypes.normal(column.type()));
            columns.add(
                    wider && other != null
                            ? column.toBuilder().type(other.type()).build()
                            : column);
        }
        columns.addAll(columns(List.copyOf(written.values())));
        return columns;
    }

    static List<Column> columns(List<StagedOutput.Column> columns) {
        return columns.stream()
                .map(column ->
                        Column.builder().name(column.name()).type(column.type()).build())
                .toList();
    }

    static StorageDescriptor storageOf(Table table) {
        return table.storageDescriptor() == null ? StorageDescriptor.builder().build() : table.storageDescriptor();
    }

    /** The catalog keeps names in lower case. */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A location in one spelling. */
    static String folder(String location) {
        String withoutScheme = location.replaceFirst("^s3[an]?://", "");
        return withoutScheme.endsWith("/") ? withoutScheme : withoutScheme + "/";
    }
}
