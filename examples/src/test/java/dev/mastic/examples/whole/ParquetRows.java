package dev.mastic.examples.whole;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.Type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the rows that a reader of a table finds, straight from the files of the embedded store. */
final class ParquetRows {
    private ParquetRows() {}

    /** The Parquet files below a folder that are objects: not the parts of uploads that go on. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> path.toString().endsWith(".parquet"))
                    .filter(path -> !folder.relativize(path).toString().contains(".mpus-"))
                    .filter(path -> !folder.relativize(path).toString().contains(".s3proxy-"))
                    .toList();
        }
    }

    /** Every row as {@code column=value} pairs joined by commas, with the partition folders' values. */
    static List<String> read(Path folder) throws IOException {
        List<String> rows = new ArrayList<>();
        Configuration configuration = new Configuration(false);
        for (Path file : files(folder)) {
            String partition = folder.relativize(file.getParent()).toString().replace('/', ',');
            try (ParquetReader<Group> reader = ParquetReader.builder(
                            new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                    .withConf(configuration)
                    .build()) {
                for (Group group = reader.read(); group != null; group = reader.read()) {
                    rows.add(text(group) + "," + partition);
                }
            }
        }
        return rows;
    }

    private static String text(Group group) {
        List<String> values = new ArrayList<>();
        for (Type field : group.getType().getFields()) {
            int index = group.getType().getFieldIndex(field.getName());
            values.add(field.getName() + "="
                    + (group.getFieldRepetitionCount(index) == 0 ? "null" : group.getValueToString(index, 0)));
        }
        return String.join(",", values);
    }
}
