package dev.mastic.spark.write;

import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.types.StructType;

import java.io.File;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes writers of local files that count their rows, and that go on in a next file when one has reached the write's size.
 * What was written is told by {@link #taken}, in the process in which it was written.
 */
final class RollingWriters extends OutputWriterFactory {
    /** Write option: bytes after which a file ends; 0 for never. */
    static final String BYTES_PER_FILE = "mastic.write.bytes.per.file";

    private static final long serialVersionUID = 1;
    private static final int ROWS_BETWEEN_LOOKS = 64;
    private static final Map<String, List<LocalFile>> WRITTEN = new ConcurrentHashMap<>();

    private final OutputWriterFactory writers;

    RollingWriters(OutputWriterFactory writers) {
        this.writers = writers;
    }

    /** A finished local file. */
    record LocalFile(java.nio.file.Path path, long rows) {}

    /** The files that were written for the path that Spark was given; they are handed out once. */
    static List<LocalFile> taken(String path) {
        return Optional.ofNullable(WRITTEN.remove(path)).orElse(List.of());
    }

    @Override
    public String getFileExtension(TaskAttemptContext context) {
        return writers.getFileExtension(context);
    }

    @Override
    public OutputWriter newInstance(String path, StructType schema, TaskAttemptContext context) {
        long bytes = context.getConfiguration().getLong(BYTES_PER_FILE, 0);
        return new RollingWriter(path, schema, context, bytes);
    }

    private final class RollingWriter extends OutputWriter {
        private final String path;
        private final StructType schema;
        private final TaskAttemptContext context;
        private final long bytes;
        private final List<LocalFile> finished = new ArrayList<>();
        private OutputWriter writer;
        private long rows;

        RollingWriter(String path, StructType schema, TaskAttemptContext context, long bytes) {
            this.path = path;
            this.schema = schema;
            this.context = context;
            this.bytes = bytes;
            this.writer = writers.newInstance(path, schema, context);
        }

        @Override
        public void write(InternalRow row) {
            if (bytes > 0 && rows > 0 && rows % ROWS_BETWEEN_LOOKS == 0 && file().length() >= bytes) {
                finish();
                rows = 0;
                writer = writers.newInstance(path + "-" + finished.size(), schema, context);
            }
            writer.write(row);
            rows++;
        }

        @Override
        public void close() {
            finish();
            WRITTEN.put(path, List.copyOf(finished));
        }

        private void finish() {
            writer.close();
            finished.add(new LocalFile(file().toPath(), rows));
        }

        private File file() {
            return new File(URI.create(writer.path()));
        }

        @Override
        public String path() {
            return path;
        }
    }
}
