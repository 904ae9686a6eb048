package dev.mastic.spark.write;

import dev.mastic.bookmarks.PendingUpload;
import dev.mastic.spark.s3.S3Location;
import dev.mastic.spark.s3.S3Settings;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How Spark's tasks write files that no reader sees before the run has committed. A task writes to local disk; when it
 * commits, each file goes to its final key as a multipart upload that nobody completes. What Spark calls the commit of
 * its job only collects the uploads; {@link #collected} hands them to the run's commit, and the server completes them.
 */
public final class UploadCommitProtocol extends FileCommitProtocol implements Serializable {
    /** Write options by which the tasks know what they work for; they reach tasks in the Hadoop configuration. */
    static final String WRITE_ID = "mastic.write.id";

    static final String FILE_TAG = "mastic.write.file.tag";
    static final String SCRATCH = "mastic.write.scratch";

    private static final long serialVersionUID = 1;
    private static final Map<String, List<PendingUpload>> COLLECTED = new ConcurrentHashMap<>();

    private static final Map<String, FilePlaces> PLACES = new ConcurrentHashMap<>();

    private final String outputPath;
    private final int era = OpenUploads.era();
    private @Nullable FilePlaces places;
    private transient @Nullable TaskFiles task;

    /** Called by Spark. */
    public UploadCommitProtocol(String jobId, String outputPath) {
        this.outputPath = outputPath;
    }

    /** Tells where the files of a write that is about to begin go. */
    static void announce(String writeId, FilePlaces places) {
        PLACES.put(writeId, places);
    }

    /** The uploads of a finished write; they are handed out once. */
    static List<PendingUpload> collected(String writeId) {
        List<PendingUpload> uploads = COLLECTED.remove(writeId);
        return uploads == null ? List.of() : uploads;
    }

    @Override
    public void setupJob(JobContext context) {
        // In the driver, before this object goes to the tasks.
        places = PLACES.remove(setting(context.getConfiguration(), WRITE_ID));
    }

    @Override
    public void commitJob(JobContext context, Seq<TaskCommitMessage> messages) {
        List<PendingUpload> uploads = new ArrayList<>();
        for (TaskCommitMessage message : CollectionConverters.asJava(messages)) {
            for (PendingFile file : (PendingFile[]) message.obj()) {
                uploads.add(file.toPendingUpload());
            }
        }
        COLLECTED.put(setting(context.getConfiguration(), WRITE_ID), uploads);
    }

    /** Uploads of tasks that had finished are aborted with the run, which fails when one of its writes does. */
    @Override
    public void abortJob(JobContext context) {
        COLLECTED.remove(setting(context.getConfiguration(), WRITE_ID));
        OpenUploads.abortAll();
    }

    @Override
    public void setupTask(TaskAttemptContext context) {
        Path folder = Path.of(setting(context.getConfiguration(), SCRATCH))
                .resolve(context.getTaskAttemptID().toString() + "-"
                        + Thread.currentThread().getId());
        task = new TaskFiles(folder, new ArrayList<>());
    }

    /** Spark calls this one only through the variant with a file name specification, which has no prefix here. */
    @Override
    public String newTaskTempFile(TaskAttemptContext context, Option<String> folder, String extension) {
        TaskFiles files = current();
        int split = context.getTaskAttemptID().getTaskID().getId();
        String start = String.format("part-%05d-%s", split, setting(context.getConfiguration(), FILE_TAG));
        String relative = folder.isEmpty() ? "" : folder.get() + "/";
        List<String> values = values(folder.isEmpty() ? "" : folder.get());
        if (places == null) {
            throw new IllegalStateException("The places of the write's files are missing");
        }
        String local = files.folder()
                .resolve(files.written().size() + extension)
                .toUri()
                .toString();
        files.written().add(new WrittenFile(local, places.folder(relative, values) + start, extension, values));
        return local;
    }

    @Override
    public String newTaskTempFileAbsPath(TaskAttemptContext context, String absoluteFolder, String extension) {
        throw new UnsupportedOperationException(
                "Files outside of " + outputPath + " cannot be written: " + absoluteFolder);
    }

    @Override
    public TaskCommitMessage commitTask(TaskAttemptContext context) {
        Configuration hadoop = context.getConfiguration();
        TaskFiles files = current();
        Uploader uploader = new Uploader(S3Settings.of(hadoop).client(), era);
        List<PendingFile> uploaded =
                TaskUploads.run(uploader, S3Location.parse(outputPath).bucket(), finished(files.written()));
        delete(files.folder());
        return new TaskCommitMessage(uploaded.toArray(PendingFile[]::new));
    }

    /** The files that have rows: Spark asks for a name, and may write a file, before it knows whether there are some. */
    private static List<FinishedFile> finished(List<WrittenFile> written) {
        List<FinishedFile> finished = new ArrayList<>();
        for (WrittenFile file : written) {
            int number = 0;
            for (RollingWriters.LocalFile local : RollingWriters.taken(file.local())) {
                String key = file.keyStart() + (number == 0 ? "" : "-" + number) + file.extension();
                if (local.rows() > 0) {
                    finished.add(new FinishedFile(local.path(), key, local.rows(), file.partitionValues()));
                }
                number++;
            }
        }
        return finished;
    }

    @Override
    public void abortTask(TaskAttemptContext context) {
        if (task != null) {
            task.written().forEach(file -> RollingWriters.taken(file.local()));
            delete(task.folder());
        }
    }

    private TaskFiles current() {
        if (task == null) {
            throw new IllegalStateException("The task was not set up");
        }
        return task;
    }

    /** The values in {@code year=2026/month=03}, as they are in the catalog. */
    private static List<String> values(String folder) {
        List<String> values = new ArrayList<>();
        for (String part : folder.isEmpty() ? new String[0] : folder.split("/")) {
            values.add(ExternalCatalogUtils.unescapePathName(part.substring(part.indexOf('=') + 1)));
        }
        return values;
    }

    private static String setting(Configuration hadoop, String name) {
        String value = hadoop.get(name);
        if (value == null) {
            throw new IllegalStateException("Write option " + name + " is missing");
        }
        return value;
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the task's folder " + folder, e);
        }
    }

    /** The files of one task on local disk. */
    private record TaskFiles(Path folder, List<WrittenFile> written) {}

    /**
     * A local file that Spark asked for, and where it will appear; a large one goes on in further files.
     *
     * @param local address of the file
     * @param keyStart the key without its number and extension
     */
    private record WrittenFile(String local, String keyStart, String extension, List<String> partitionValues) {}

    /** A local file that has rows, and where it will appear. */
    record FinishedFile(Path local, String key, long rows, List<String> partitionValues) {}
}
