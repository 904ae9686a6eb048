package dev.mastic.spark.write;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.job.DynamoDbOutput;
import dev.mastic.job.FileOutput;
import dev.mastic.job.JdbcOutput;
import dev.mastic.job.Step;
import dev.mastic.job.Target;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.warehouse.load.TableLoad;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The write steps of one run. Not thread-safe. */
public final class Writes {
    private final TargetWriter files;
    private final TargetWriter tables;
    private final TargetWriter items = new ItemWriter();
    private final Set<String> seenAtOnce = new HashSet<>();
    private final Map<String, TargetWriter.PreparedWrite> prepared = new LinkedHashMap<>();
    private final List<StagedOutput> outputs = new ArrayList<>();
    private final List<TableLoad> loads = new ArrayList<>();
    private final Map<String, Long> metrics = new LinkedHashMap<>();

    public Writes(WriteContext context) {
        this.files = new FileWriter(context);
        this.tables = new TableWriter(context);
    }

    /** Each kind of target has a writer of its own. */
    private TargetWriter writerOf(Target target) {
        if (target instanceof FileOutput) {
            return files;
        }
        if (target instanceof JdbcOutput) {
            return tables;
        }
        if (target instanceof DynamoDbOutput) {
            return items;
        }
        throw new IllegalArgumentException("There is no writer for " + target.describe());
    }

    /**
     * Checks a write step against its rows and what is at its target, before any step writes.
     *
     * @throws JobFailure when the rows do not fit
     */
    public void prepare(Step.Write step, Dataset<Row> rows) {
        Set<String> names = new HashSet<>();
        for (StructField field : rows.schema().fields()) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw new JobFailure("Write '" + step.name() + "': there are two columns '" + field.name()
                        + "'; rename or drop one of them");
            }
        }
        prepared.put(step.name(), writerOf(step.output()).prepare(step, rows));
        if (step.output() instanceof DynamoDbOutput) {
            seenAtOnce.add(step.name());
        }
    }

    /**
     * Writes all prepared steps, one after the other; last those whose rows are seen at once, so that a run which fails in
     * another step has shown nothing.
     *
     * @param afterEach called when a step is written
     */
    public void run(Runnable afterEach) {
        List<String> order = new ArrayList<>(prepared.keySet());
        order.sort(Comparator.comparing(seenAtOnce::contains));
        order.forEach(step -> {
            TargetWriter.PreparedWrite write = Objects.requireNonNull(prepared.get(step));
            TargetWriter.Written written = write.stage();
            outputs.addAll(written.outputs());
            loads.addAll(written.loads());
            written.metrics().forEach((name, count) -> metrics.put("write." + step + "." + name, count));
            afterEach.run();
        });
    }

    /** What was written, in the order of the steps. */
    public List<StagedOutput> outputs() {
        return List.copyOf(outputs);
    }

    /** The tables of databases that were staged, in the order of the steps. */
    public List<TableLoad> loads() {
        return List.copyOf(loads);
    }

    /** Counts by name: {@code write.<step>.rows} and {@code write.<step>.files}. */
    public Map<String, Long> metrics() {
        return Map.copyOf(metrics);
    }
}
