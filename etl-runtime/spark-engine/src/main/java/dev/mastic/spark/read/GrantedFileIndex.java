package dev.mastic.spark.read;

import dev.mastic.bookmarks.ObjectVersion;
import dev.mastic.spark.s3.S3Location;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.NoopCache$;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitionSpec;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.collection.mutable.LinkedHashMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Exactly the files that a run was granted, with the partition values that are known of them: Spark neither lists nor
 * guesses. Immutable.
 */
final class GrantedFileIndex extends PartitioningAwareFileIndex {
    private static final long BLOCK_SIZE = 128L << 20;

    private final Path root;
    private final PartitionSpec spec;
    private final LinkedHashMap<Path, FileStatus> files = new LinkedHashMap<>();
    private final scala.collection.immutable.Map<Path, FileStatus[]> folders;

    /** The file by its values; the values of the partition keys as Spark holds them. */
    GrantedFileIndex(
            SparkSession spark,
            S3Location location,
            StructType partitionKeys,
            Map<InternalRow, List<InputFile>> files) {
        // Without partition keys Spark would look below the root path; "recursive" makes it take all files as they are.
        super(
                spark,
                Scala.map(partitionKeys.isEmpty() ? Map.of("recursiveFileLookup", "true") : Map.of()),
                Option.empty(),
                NoopCache$.MODULE$);
        this.root = location.path();
        List<PartitionPath> partitions = new ArrayList<>();
        java.util.Map<Path, FileStatus[]> byFolder = new java.util.LinkedHashMap<>();
        for (Map.Entry<InternalRow, List<InputFile>> entry : files.entrySet()) {
            // A name of our own for the partition: two folders may have the same values.
            Path folder = new Path("s3a", location.bucket(), "/partition-" + partitions.size());
            FileStatus[] statuses =
                    entry.getValue().stream().map(file -> status(file.object())).toArray(FileStatus[]::new);
            for (FileStatus status : statuses) {
                this.files.put(status.getPath(), status);
            }
            byFolder.put(folder, statuses);
            partitions.add(new PartitionPath(entry.getKey(), folder));
        }
        this.folders = Scala.map(byFolder);
        this.spec = new PartitionSpec(partitionKeys, Scala.seq(partitions));
    }

    static FileStatus status(ObjectVersion object) {
        return new FileStatus(
                object.size(),
                false,
                1,
                BLOCK_SIZE,
                object.lastModified().toEpochMilli(),
                new S3Location(object.bucket(), object.key()).path());
    }

    @Override
    public PartitionSpec partitionSpec() {
        return spec;
    }

    @Override
    public LinkedHashMap<Path, FileStatus> leafFiles() {
        return files;
    }

    @Override
    public scala.collection.immutable.Map<Path, FileStatus[]> leafDirToChildrenFiles() {
        return folders;
    }

    @Override
    public Seq<Path> rootPaths() {
        return Scala.seq(List.of(root));
    }

    @Override
    public void refresh() {
        // The granted files stay the granted files.
    }

    /** Two indexes are never taken for one another: each belongs to one read of one run. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
