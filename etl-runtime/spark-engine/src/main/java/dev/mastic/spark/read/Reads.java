package dev.mastic.spark.read;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.Claim;
import dev.mastic.bookmarks.ClaimTerms;
import dev.mastic.bookmarks.Ledger;
import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.job.DynamoDb;
import dev.mastic.job.FileOptions;
import dev.mastic.job.Jdbc;
import dev.mastic.job.Step;
import dev.mastic.spark.dynamodb.ItemReads;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.jdbc.TableReads;
import dev.mastic.spark.s3.ObjectListing;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The read steps of one run: finds files, claims the new ones, and makes their rows known to Spark. Not thread-safe. */
public final class Reads {
    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);

    private final Ledger ledger;
    private final BookmarkOption bookmark;
    private final @Nullable List<ObjectVersion> manifest;
    private final ObjectListing listing;
    private final SourceCandidates candidates;
    private final FileFrames frames;
    private final TableReads tables;
    private final ItemReads items;
    private final List<ObjectVersion> claimed = new ArrayList<>();
    private final Map<String, Long> metrics = new LinkedHashMap<>();
    private final Map<String, Read> reads = new LinkedHashMap<>();
    private final List<String> tableSteps = new ArrayList<>();

    /** @param manifest the objects that started the run; null when none did */
    public Reads(
            SparkSession spark,
            S3Client s3,
            Catalog catalog,
            Ledger ledger,
            BookmarkOption bookmark,
            @Nullable List<ObjectVersion> manifest) {
        this.ledger = ledger;
        this.bookmark = bookmark;
        this.manifest = manifest;
        this.listing = new ObjectListing(s3);
        this.candidates = new SourceCandidates(spark, listing, catalog);
        this.frames = new FileFrames(spark, s3);
        this.items = new ItemReads(spark);
        this.tables = new TableReads(spark, catalog::loadWarehouse, ledger, bookmark);
    }

    private record Read(SourceSpec spec, List<InputFile> granted, List<InputFile> all, boolean bookmarked) {}

    /** Finds the files of a read step and, when it takes part in the bookmark, claims those that are new. */
    public void resolve(Step.Read read) {
        if (read.source() instanceof Jdbc jdbc) {
            tables.resolve(read.name(), jdbc);
            tableSteps.add(read.name());
            return;
        }
        if (read.source() instanceof DynamoDb table) {
            items.resolve(read.name(), table);
            return;
        }
        boolean bookmarked = read.source().onlyNewFiles() && bookmark != BookmarkOption.DISABLE;
        SourceCandidates.Found found = candidates.find(read, bookmarked ? manifest : null);
        FileOptions reading = found.spec().reading();
        // What started the run is what it is to read; bounds are for what has piled up.
        boolean bounded = (reading.mostFiles() > 0 || reading.mostMegabytes() > 0) && !(bookmarked && manifest != null);
        List<InputFile> files = bounded ? oldestFirst(found.files()) : found.files();
        long skipped = 0;
        if (bookmarked) {
            Claim claim = ledger.claim(
                    read.name(), files.stream().map(InputFile::object).toList(), terms(reading));
            requireUnchanged(read.name(), reading, claim);
            Set<String> granted = new HashSet<>();
            claim.granted().forEach(object -> granted.add(identity(object)));
            files = files.stream()
                    .filter(file -> granted.contains(identity(file.object())))
                    .toList();
            claimed.addAll(claim.granted());
            skipped = claim.alreadyProcessed() + claim.heldByOtherRuns();
            metrics.put("read." + read.name() + ".changed", (long)
                    claim.changedObjects().size());
            metrics.put("read." + read.name() + ".left", claim.left());
            LOG.info(
                    "{}: {} new files of {}, {} read before, {} being read by other runs, {} changed and left out,"
                            + " {} left for later runs",
                    read.name(),
                    files.size(),
                    found.files().size(),
                    claim.alreadyProcessed(),
                    claim.heldByOtherRuns(),
                    claim.changedObjects().size(),
                    claim.left());
        } else {
            files = bounded ? first(files, terms(reading)) : files;
            LOG.info("{}: {} files", read.name(), files.size());
        }
        reads.put(read.name(), new Read(found.spec(), files, found.files(), bookmarked));
        metrics.put("read." + read.name() + ".files", (long) files.size());
        metrics.put("read." + read.name() + ".skipped", skipped);
    }

    private static List<InputFile> oldestFirst(List<InputFile> files) {
        return files.stream()
                .sorted(Comparator.comparing((InputFile file) -> file.object().lastModified())
                        .thenComparing(file -> file.object().key()))
                .toList();
    }

    private ClaimTerms terms(FileOptions reading) {
        boolean all = manifest != null;
        return new ClaimTerms(
                reading.changedFiles() == FileOptions.ChangedFiles.REPROCESS
                        ? ClaimTerms.ChangedObjects.TAKE
                        : ClaimTerms.ChangedObjects.LEAVE,
                all || reading.mostFiles() == 0 ? Integer.MAX_VALUE : reading.mostFiles(),
                all || reading.mostMegabytes() == 0 ? Long.MAX_VALUE : (long) reading.mostMegabytes() << 20);
    }

    private static List<InputFile> first(List<InputFile> files, ClaimTerms terms) {
        List<InputFile> first = new ArrayList<>();
        long bytes = 0;
        for (InputFile file : files) {
            if (first.size() < terms.mostObjects() && bytes < terms.mostBytes()) {
                first.add(file);
            }
            bytes += file.object().size();
        }
        return first;
    }

    private static void requireUnchanged(String step, FileOptions reading, Claim claim) {
        List<ObjectVersion> changed = claim.changedObjects();
        if (reading.changedFiles() == FileOptions.ChangedFiles.FAIL && !changed.isEmpty()) {
            throw new JobFailure("Read '" + step + "': " + changed.get(0).uri()
                    + (changed.size() > 1 ? " and " + (changed.size() - 1) + " other files were" : " was")
                    + " read before and changed since, which onChangedFiles(FAIL) does not allow; put changed rows into"
                    + " new files, or choose REPROCESS or IGNORE");
        }
    }

    /** Whether there are bookmarked reads and none of them has a new file or row. */
    public boolean nothingNew() {
        List<Read> files = reads.values().stream().filter(Read::bookmarked).toList();
        List<String> ofTables = tableSteps.stream().filter(tables::isBookmarked).toList();
        return !(files.isEmpty() && ofTables.isEmpty())
                && files.stream().allMatch(read -> read.granted().isEmpty())
                && ofTables.stream().noneMatch(tables::hasNew);
    }

    /** The rows of a read step that was resolved. */
    public Dataset<Row> rows(Step.Read step) {
        if (tables.has(step.name())) {
            return tables.rows(step.name());
        }
        if (items.has(step.name())) {
            return items.rows(step.name());
        }
        Read read = reads.get(step.name());
        if (read == null) {
            throw new IllegalStateException("Read '" + step.name() + "' was not resolved");
        }
        List<InputFile> examples = read.all().isEmpty() && read.bookmarked() && manifest != null
                ? candidates.find(step, null).files()
                : read.all();
        return frames.rows(
                read.spec(), read.granted(), examples.stream().limit(1).toList());
    }

    /** That a claimed object was overwritten or removed since; empty when what was claimed is what was read. */
    public Optional<JobFailure> changed() {
        List<Optional<ObjectVersion>> now =
                Parallel.map(claimed, object -> listing.head(object.bucket(), object.key()));
        for (int i = 0; i < claimed.size(); i++) {
            ObjectVersion then = claimed.get(i);
            Optional<ObjectVersion> present = now.get(i);
            if (present.isEmpty()) {
                return Optional.of(new JobFailure(then.uri() + " was removed while it was read; nothing was written"));
            }
            // A size of another version than the ETag's would have left rows unread.
            if (!present.get().etag().equals(then.etag()) || present.get().size() != then.size()) {
                return Optional.of(new JobFailure(
                        then.uri() + " changed while it was read; the next run will read the new version"));
            }
        }
        return Optional.empty();
    }

    private static String identity(ObjectVersion object) {
        return object.uri() + "#" + object.etag();
    }

    /** Counts by name: {@code read.<step>.files}, {@code .skipped}, {@code .changed} and {@code .left}. */
    public Map<String, Long> metrics() {
        return Map.copyOf(metrics);
    }
}
