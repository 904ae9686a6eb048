package dev.mastic.crawler.lake.delta;

import dev.mastic.crawler.source.Cancellation;
import dev.mastic.crawler.source.CancelledException;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeltaSnapshotTest {
    private static final String SCHEMA = "{\"type\":\"struct\",\"fields\":[]}";
    private static final String ADD = "{\"add\":{\"path\":\"part-0.parquet\",\"size\":1}}\n";

    @TempDir
    Path log;

    private long bytesRead;

    @Test
    void the_newest_commit_with_a_description_decides() throws IOException {
        commit(0, metaData("one", "day"));
        commit(1, ADD + metaData("two", "day\",\"hour"));
        commit(2, ADD);

        DeltaMetadata metadata = read();

        assertThat(metadata.schemaString()).isEqualTo("two");
        assertThat(metadata.partitionColumns()).containsExactly("day", "hour");
        assertThat(metadata.from()).isEqualTo("s3://lake/t/_delta_log/00000000000000000001.json");
    }

    @ParameterizedTest
    @CsvSource({
        "UNCOMPRESSED,true",
        "UNCOMPRESSED,false",
        "SNAPPY,true",
        "SNAPPY,false",
        "GZIP,true",
        "GZIP,false",
        "ZSTD,true",
        "ZSTD,false",
    })
    void a_checkpoint_describes_a_table_whose_commits_are_gone(CompressionCodecName codec, boolean dictionary)
            throws IOException {
        CheckpointFile.write(
                path("%020d.checkpoint.parquet", 10),
                codec,
                WriterVersion.PARQUET_1_0,
                dictionary,
                500,
                SCHEMA,
                List.of("year", "month", "day"));
        commit(11, ADD);

        DeltaMetadata metadata = read();

        assertThat(metadata.schemaString()).isEqualTo(SCHEMA);
        assertThat(metadata.partitionColumns()).containsExactly("year", "month", "day");
        assertThat(metadata.from()).endsWith("00000000000000000010.checkpoint.parquet");
    }

    @Test
    void an_encoding_that_is_not_read_is_refused_by_name() throws IOException {
        CheckpointFile.write(
                path("%020d.checkpoint.parquet", 10),
                CompressionCodecName.SNAPPY,
                WriterVersion.PARQUET_2_0,
                true,
                1,
                SCHEMA,
                List.of("day"));

        assertThatThrownBy(this::read)
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("00000000000000000010.checkpoint.parquet")
                .hasMessageContaining("DELTA_BYTE_ARRAY, which is not read; let the writer use PLAIN");
    }

    @Test
    void a_checkpoint_of_a_table_without_partitions_has_none() throws IOException {
        checkpoint("%020d.checkpoint.parquet", 3, 0, SCHEMA);

        assertThat(read().partitionColumns()).isEmpty();
    }

    @Test
    void the_columns_of_files_are_not_read() throws IOException {
        Path file = path("%020d.checkpoint.parquet", 10);
        CheckpointFile.write(
                file,
                CompressionCodecName.UNCOMPRESSED,
                WriterVersion.PARQUET_1_0,
                false,
                100_000,
                SCHEMA,
                List.of("day"));

        assertThat(read().schemaString()).isEqualTo(SCHEMA);
        assertThat(bytesRead).isLessThan(Files.size(file) / 4);
    }

    @Test
    void a_checkpoint_in_parts_counts_when_all_parts_are_there() throws IOException {
        checkpoint("%020d.checkpoint.parquet", 3, 1, "old");
        checkpoint("%020d.checkpoint.0000000001.0000000002.parquet", 5, 1, "");
        commit(4, ADD);
        commit(5, ADD);
        assertThat(read().schemaString()).isEqualTo("old");

        checkpoint("%020d.checkpoint.0000000002.0000000002.parquet", 5, 1, "new");
        assertThat(read().schemaString()).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%020d.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json",
                "%020d.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet"
            })
    void checkpoints_of_the_second_version_are_read(String name) throws IOException {
        if (name.endsWith("json")) {
            Files.writeString(path(name, 7), "{\"checkpointMetadata\":{\"version\":7}}\n" + metaData(SCHEMA, "day"));
        } else {
            checkpoint(name, 7, 1, SCHEMA);
        }

        assertThat(read().from()).contains(".checkpoint.80a083e8");
    }

    @Test
    void other_files_in_the_log_do_not_count() throws IOException {
        commit(0, metaData("one", "day"));
        Files.writeString(log.resolve("_last_checkpoint"), "{\"version\":99}");
        Files.writeString(log.resolve("00000000000000000009.crc"), "{}");
        Files.writeString(log.resolve("00000000000000000000.00000000000000000001.compacted.json"), "{}");

        assertThat(read().schemaString()).isEqualTo("one");
    }

    @Test
    void a_gap_names_the_missing_commit() throws IOException {
        commit(0, metaData("one", "day"));
        commit(1, ADD);
        commit(3, metaData("three", "day"));

        assertThatThrownBy(this::read)
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("00000000000000000002.json is missing before s3://lake/t/_delta_log/")
                .hasMessageContaining("Restore");
    }

    @Test
    void a_log_that_begins_late_needs_a_checkpoint() throws IOException {
        commit(8, metaData("one", "day"));

        assertThatThrownBy(this::read)
                .hasMessageContaining("00000000000000000000.json is missing")
                .hasMessageContaining("there is no complete checkpoint");
    }

    @Test
    void a_gap_before_the_checkpoint_does_no_harm() throws IOException {
        commit(2, metaData("old", "day"));
        checkpoint("%020d.checkpoint.parquet", 5, 1, SCHEMA);

        assertThat(read().schemaString()).isEqualTo(SCHEMA);
    }

    @Test
    void damage_is_named() throws IOException {
        commit(0, "{\"metaData\":{\"schemaString\":");
        assertThatThrownBy(this::read)
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("00000000000000000000.json is damaged");

        commit(0, "{\"metaData\":{\"id\":\"1\"}}");
        assertThatThrownBy(this::read).hasMessageContaining("without schemaString");

        commit(0, ADD);
        assertThatThrownBy(this::read).hasMessageContaining("describe the table");

        commit(0, "");
        assertThatThrownBy(this::read).hasMessageContaining("is empty");
    }

    @Test
    void a_checkpoint_damaged_anywhere_is_named_and_never_hangs() throws IOException {
        Path file = path("%020d.checkpoint.parquet", 5);
        checkpoint("%020d.checkpoint.parquet", 5, 3, SCHEMA);
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 0; cut < whole.length; cut += 7) {
            Files.write(file, java.util.Arrays.copyOf(whole, cut));
            assertThatThrownBy(this::read)
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining("00000000000000000005.checkpoint.parquet");
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xff;
            Files.write(file, damaged);
            try {
                assertThat(read().from()).isNotEmpty();
            } catch (UnreadableFileException e) {
                assertThat(e).hasMessageMatching("(?s).*(checkpoint|describe the table).*");
            }
        }
    }

    @Test
    void a_crawl_that_was_stopped_reads_no_further() throws IOException {
        commit(0, metaData("one", "day"));
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        assertThatThrownBy(() -> new DeltaSnapshot(this::part, cancellation).metadata(objects()))
                .isInstanceOf(CancelledException.class);
    }

    private DeltaMetadata read() throws IOException {
        return new DeltaSnapshot(this::part, new Cancellation()).metadata(objects());
    }

    /** In an order that no listing has. */
    private List<StoredObject> objects() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            List<StoredObject> objects = new ArrayList<>();
            for (Path file : files.toList()) {
                objects.add(new StoredObject(
                        "lake", "t/_delta_log/" + file.getFileName(), Files.size(file), Instant.EPOCH));
            }
            return objects;
        }
    }

    private byte[] part(StoredObject object, long from, long length) {
        try (RandomAccessFile file =
                new RandomAccessFile(log.resolve(object.fileName()).toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(Math.min(length, file.length() - from))];
            file.seek(from);
            file.readFully(bytes);
            bytesRead += bytes.length;
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void commit(long version, String text) throws IOException {
        Files.writeString(path("%020d.json", version), text);
    }

    private void checkpoint(String name, long version, int adds, String schema) throws IOException {
        CheckpointFile.write(
                path(name, version),
                CompressionCodecName.SNAPPY,
                WriterVersion.PARQUET_1_0,
                true,
                adds,
                schema,
                List.of());
    }

    private Path path(String name, long version) {
        return log.resolve(name.formatted(version));
    }

    private static String metaData(String schema, String keys) {
        return "{\"metaData\":{\"id\":\"1\",\"schemaString\":\"" + schema.replace("\"", "\\\"")
                + "\",\"partitionColumns\":[\"" + keys + "\"]}}\n";
    }
}
