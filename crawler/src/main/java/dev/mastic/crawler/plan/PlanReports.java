package dev.mastic.crawler.plan;

import dev.mastic.crawler.find.Findings;
import dev.mastic.crawler.find.FoundTable;
import dev.mastic.crawler.partition.Stats;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Shows plans, and tells whether two of them are one. */
public final class PlanReports {
    private static final int EXAMPLES = 3;
    private static final int DIFFERENCES = 5;

    private PlanReports() {}

    /** A plan as it is shown. */
    public static PlanReport of(CrawlPlan plan, List<Findings> all, List<String> warnings) {
        return new PlanReport(
                plan.database(),
                plan.newDatabase(),
                all.stream().map(Findings::target).toList(),
                all.stream().map(Findings::fingerprint).toList(),
                plan.tables().stream()
                        .filter(change -> change.found() != null || change.action() != Action.KEEP)
                        .map(PlanReports::table)
                        .toList(),
                warnings);
    }

    /** Why two plans differ, the first reasons; empty when they write the same. */
    public static List<String> differences(PlanReport then, PlanReport now) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(then.targets().size(), now.targets().size()); i++) {
            if (!then.fingerprints().get(i).equals(now.fingerprints().get(i))) {
                differences.add("the objects in " + now.targets().get(i).path() + " have changed");
            }
        }
        Map<String, PlanReport.Table> before = new LinkedHashMap<>();
        then.tables().forEach(table -> before.put(table.name(), table));
        for (PlanReport.Table table : now.tables()) {
            PlanReport.Table planned = before.remove(table.name());
            if (planned == null) {
                differences.add("table " + table.name() + " is not in the plan");
            } else if (!planned.digest().equals(table.digest())) {
                differences.add(
                        planned.versionId().equals(table.versionId())
                                ? "what would be written to table " + table.name() + " is not what was planned"
                                : "table " + table.name() + " is " + version(table) + ", the plan was made against "
                                        + version(planned));
            }
        }
        before.keySet().forEach(name -> differences.add("table " + name + " of the plan is no longer found"));
        if (then.targets().size() != now.targets().size()) {
            differences.add("the crawler has other targets");
        }
        return differences.size() > DIFFERENCES ? differences.subList(0, DIFFERENCES) : differences;
    }

    private static String version(PlanReport.Table table) {
        return table.versionId().isEmpty() ? "not there" : "version " + table.versionId();
    }

    private static PlanReport.Table table(TableChange change) {
        FoundTable found = change.found();
        Table before = change.before();
        Stats stats = found == null ? Stats.NONE : found.stats();
        return new PlanReport.Table(
                change.table(),
                change.location(),
                change.action(),
                found == null ? "" : found.format(),
                before == null || before.versionId() == null ? "" : before.versionId(),
                columns(change),
                keys(change).stream().map(Column::name).toList(),
                partitions(change),
                stats.objects(),
                stats.bytes(),
                stats.records(),
                found == null ? 0 : found.evidence().sampled(),
                found == null ? List.of() : found.evidence().samples(),
                found == null ? 1 : found.evidence().confidence(),
                found == null ? List.of() : found.evidence().reasons(),
                found == null ? List.of() : found.evidence().rejected(),
                change.changes(),
                change.notes(),
                PlanDigest.of(change));
    }

    private static List<Column> keys(TableChange change) {
        TableInput after = change.after();
        Table before = change.before();
        return after != null ? after.partitionKeys() : before != null ? before.partitionKeys() : List.of();
    }

    private static List<PlanReport.Column> columns(TableChange change) {
        Map<String, Column> before =
                columns(change.before() == null ? null : change.before().storageDescriptor());
        Map<String, Column> after = change.action() == Action.DELETE
                ? Map.of()
                : change.after() == null ? before : columns(change.after().storageDescriptor());
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        Map<String, String> why =
                change.found() == null ? Map.of() : change.found().whyColumns();
        return names.stream()
                .map(name -> new PlanReport.Column(
                        name,
                        type(before.get(name)),
                        type(after.get(name)),
                        why.getOrDefault(name, ""),
                        change.owned().contains(name) ? "person" : "crawler"))
                .toList();
    }

    private static Map<String, Column> columns(
            software.amazon.awssdk.services.glue.model.@Nullable StorageDescriptor storage) {
        Map<String, Column> columns = new LinkedHashMap<>();
        if (storage != null) {
            storage.columns().forEach(column -> columns.put(column.name().toLowerCase(Locale.ROOT), column));
        }
        return columns;
    }

    private static String type(@Nullable Column column) {
        return column == null ? "" : String.valueOf(column.type());
    }

    private static PlanReport.Partitions partitions(TableChange change) {
        PartitionChanges partitions = change.partitions();
        List<String> keys = keys(change).stream().map(Column::name).toList();
        List<String> examples = new ArrayList<>();
        examples(examples, "+ ", partitions.created(), partition -> path(keys, partition.values()));
        examples(examples, "~ ", partitions.updated(), partition -> path(keys, partition.values()));
        examples(examples, "? ", partitions.deprecated(), partition -> path(keys, partition.values()));
        examples(examples, "- ", partitions.deleted(), values -> path(keys, values));
        return new PlanReport.Partitions(
                change.found() == null ? 0 : change.found().partitions().size(),
                partitions.created().size(),
                partitions.updated().size(),
                partitions.deprecated().size(),
                partitions.deleted().size(),
                examples);
    }

    private static <T> void examples(List<String> examples, String sign, List<T> all, Function<T, String> path) {
        all.stream().limit(EXAMPLES).forEach(one -> examples.add(sign + path.apply(one)));
    }

    private static String path(List<String> keys, List<String> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parts.add((i < keys.size() ? keys.get(i) : "?") + "=" + values.get(i));
        }
        return String.join("/", parts);
    }
}
