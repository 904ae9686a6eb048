package dev.mastic.spark.read;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.job.CatalogTable;
import dev.mastic.job.Source;
import dev.mastic.job.Step;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.s3.ObjectListing;
import dev.mastic.spark.s3.S3Location;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.glue.model.Partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which files a read step could read: listed, or named by the event that started the run. */
final class SourceCandidates {
    private static final Logger LOG = LoggerFactory.getLogger(SourceCandidates.class);

    private final SparkSession spark;
    private final ObjectListing listing;
    private final Catalog catalog;

    SourceCandidates(SparkSession spark, ObjectListing listing, Catalog catalog) {
        this.spark = spark;
        this.listing = listing;
        this.catalog = catalog;
    }

    /** A resolved source and its files. */
    record Found(SourceSpec spec, List<InputFile> files) {}

    /** @param manifest the objects that the run is about; null to list what is there */
    Found find(Step.Read read, @Nullable List<ObjectVersion> manifest) {
        Source source = read.source();
        if (source instanceof CatalogTable table) {
            return ofTable(read.name(), table, manifest);
        }
        SourceSpec spec = SourceSpecs.of(read.name(), source);
        List<ObjectVersion> objects = objects(spec, List.of(spec.location()), manifest);
        return ofFolders(spec, objects);
    }

    private List<ObjectVersion> objects(
            SourceSpec spec, List<S3Location> places, @Nullable List<ObjectVersion> manifest) {
        FileFilter filter = new FileFilter(spec);
        return found(places, manifest).stream()
                .filter(object -> filter.accepts(object.bucket(), object.key()))
                .toList();
    }

    private List<ObjectVersion> found(List<S3Location> places, @Nullable List<ObjectVersion> manifest) {
        if (manifest == null) {
            List<ObjectVersion> objects = new ArrayList<>();
            for (S3Location place : places) {
                objects.addAll(listing.files(place));
            }
            return objects;
        }
        List<ObjectVersion> named = manifest.stream()
                .filter(object -> places.stream()
                        .anyMatch(place -> place.bucket().equals(object.bucket())
                                && ObjectListing.isDataFile(place, object.key())))
                .toList();
        Map<String, ObjectVersion> present = new LinkedHashMap<>();
        for (Optional<ObjectVersion> head :
                Parallel.map(named, object -> listing.head(object.bucket(), object.key()))) {
            head.filter(object -> object.size() > 0).ifPresent(object -> present.put(object.uri(), object));
        }
        return List.copyOf(present.values());
    }

    /** Partition keys are what the folders say: all files must agree on the names. */
    private static Found ofFolders(SourceSpec spec, List<ObjectVersion> objects) {
        @Nullable Set<String> keys = null;
        @Nullable ObjectVersion first = null;
        List<InputFile> files = new ArrayList<>();
        for (ObjectVersion object : objects) {
            Map<String, String> values = PartitionValues.ofFolders(spec.location(), object);
            if (keys == null || first == null) {
                keys = values.keySet();
                first = object;
            } else if (!List.copyOf(keys).equals(List.copyOf(values.keySet()))) {
                throw new JobFailure("Read '" + spec.step() + "': " + first.uri() + " is in folders " + keys + ", "
                        + object.uri() + " in " + values.keySet() + "; read one of the two layouts");
            }
            files.add(new InputFile(object, List.copyOf(values.values())));
        }
        StructType keyTypes = new StructType();
        for (String key : keys == null ? Set.<String>of() : keys) {
            keyTypes = keyTypes.add(key, DataTypes.StringType);
        }
        return new Found(spec.withPartitionKeys(keyTypes), files);
    }

    private Found ofTable(String step, CatalogTable source, @Nullable List<ObjectVersion> manifest) {
        SourceSpec spec = CatalogFormat.spec(step, source, catalog.loadTable(source.table()));
        StructType keys = spec.partitionKeys();
        if (keys == null || keys.isEmpty()) {
            if (source.where() != null) {
                throw new JobFailure("Read '" + step + "': " + spec.title()
                        + " has no partition keys; use .filter(...) in place of .where(\"" + source.where() + "\")");
            }
            List<InputFile> files = objects(spec, List.of(spec.location()), manifest).stream()
                    .map(object -> new InputFile(object, List.of()))
                    .toList();
            return new Found(spec, files);
        }
        Map<String, List<String>> registered = new HashMap<>();
        List<S3Location> places = new ArrayList<>(List.of(spec.location().folder()));
        for (Partition partition : catalog.partitions(source.table(), source.where())) {
            if (partition.storageDescriptor() != null
                    && partition.storageDescriptor().location() != null) {
                S3Location place = S3Location.parse(
                                partition.storageDescriptor().location())
                        .folder();
                registered.put(place.uri(), partition.values());
                if (!place.uri().startsWith(spec.location().folder().uri())) {
                    places.add(place);
                }
            }
        }
        List<InputFile> files = new ArrayList<>();
        int unknown = 0;
        for (ObjectVersion object : objects(spec, places, manifest)) {
            Optional<List<String>> values = values(spec, keys, registered, object);
            values.ifPresent(found -> files.add(new InputFile(object, found)));
            unknown += values.isPresent() ? 0 : 1;
        }
        if (unknown > 0 && source.where() == null) {
            LOG.warn(
                    "{} files of {} are in no partition that the catalog knows and are left out; run its crawler",
                    unknown,
                    spec.title());
        }
        return new Found(spec, source.where() == null ? files : matching(spec, keys, files, source.where()));
    }

    /** The values of the nearest registered partition around an object, else those that its folders spell. */
    private static Optional<List<String>> values(
            SourceSpec spec, StructType keys, Map<String, List<String>> registered, ObjectVersion object) {
        String uri = object.uri();
        for (int slash = uri.lastIndexOf('/'); slash > "s3://".length(); slash = uri.lastIndexOf('/', slash - 1)) {
            List<String> values = registered.get(uri.substring(0, slash + 1));
            if (values != null && values.size() == keys.size()) {
                return Optional.of(values);
            }
        }
        Map<String, String> folders = PartitionValues.ofFolders(spec.location(), object);
        List<String> values = new ArrayList<>();
        for (String key : keys.fieldNames()) {
            String value = folders.get(key.toLowerCase(Locale.ROOT));
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        // A partition is where the catalog says: what lies elsewhere under its name was replaced, or is not yet its.
        return registered.containsValue(values) ? Optional.empty() : Optional.of(values);
    }

    private List<InputFile> matching(SourceSpec spec, StructType keys, List<InputFile> files, String where) {
        List<List<String>> distinct =
                files.stream().map(InputFile::partitionValues).distinct().toList();
        Set<List<String>> matching = PartitionValues.typed(spark, spec.title(), keys, distinct, where)
                .keySet();
        return files.stream()
                .filter(file -> matching.contains(file.partitionValues()))
                .toList();
    }
}
