package dev.mastic.crawler.lake.delta;

import dev.mastic.crawler.classify.ParquetFooter;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A checkpoint in Parquet. Of its pages only those of the action {@code metaData} are read, which has one row: the
 * columns of files, which make up the size of a checkpoint, are left alone.
 */
record DeltaCheckpoint(StoredObject object, LogReader reader) {
    private static final int TRAILER = 8;
    private static final int LARGEST_FOOTER = 16 << 20;
    private static final long LARGEST_CHUNK = 16L << 20;

    /**
     * The table's description, when it is in this file.
     *
     * @throws UnreadableFileException when the file is damaged or packed by a codec that is not read
     */
    Optional<DeltaMetadata> metadata() {
        try {
            for (RowGroup group : footer().getRow_groups()) {
                List<String> schemas = texts(group, "schemaString");
                if (!schemas.isEmpty()) {
                    return Optional.of(
                            new DeltaMetadata(schemas.get(0), texts(group, "partitionColumns"), object.uri()));
                }
            }
            return Optional.empty();
        } catch (UnreadableFileException e) {
            throw new UnreadableFileException(
                    object.uri() + ", a checkpoint of its Delta log, cannot be used: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new UnreadableFileException(
                    object.uri() + ", a checkpoint of its Delta log, is damaged: " + e.getMessage()
                            + ". Restore it, or let a writer make another",
                    e);
        }
    }

    private FileMetaData footer() throws IOException {
        byte[] tail = last(Math.min(object.size(), ParquetFooter.FIRST_TAIL));
        long needed = new ParquetFooter(object, tail).bytesNeeded();
        if (needed > LARGEST_FOOTER) {
            throw new UnreadableFileException(
                    "its footer has " + needed + " bytes; the most that is read is " + LARGEST_FOOTER);
        }
        if (needed > tail.length) {
            tail = last(needed);
        }
        int length = Math.toIntExact(needed);
        return Util.readFileMetaData(new ByteArrayInputStream(tail, tail.length - length, length - TRAILER));
    }

    private byte[] last(long bytes) {
        return reader.read(object, object.size() - bytes, bytes);
    }

    /** The values of {@code metaData.<field>}, or of the list that the field is, in a group of rows. */
    private List<String> texts(RowGroup group, String field) throws IOException {
        for (ColumnChunk chunk : group.getColumns()) {
            ColumnMetaData column = chunk.getMeta_data();
            List<String> path = column.getPath_in_schema();
            if (path.size() >= 2
                    && path.get(0).equals("metaData")
                    && path.get(1).equals(field)) {
                return onlyNulls(column) ? List.of() : new TextPages(column, path.size() > 2).values(bytes(column));
            }
        }
        return List.of();
    }

    private static boolean onlyNulls(ColumnMetaData column) {
        return column.isSetStatistics()
                && column.getStatistics().isSetNull_count()
                && column.getStatistics().getNull_count() == column.getNum_values();
    }

    private byte[] bytes(ColumnMetaData column) {
        long from = column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0
                ? Math.min(column.getDictionary_page_offset(), column.getData_page_offset())
                : column.getData_page_offset();
        long length = column.getTotal_compressed_size();
        if (from < 0 || length <= 0 || length > object.size() - from) {
            throw new UnreadableFileException("its footer names bytes beyond its end; restore it");
        } else if (length > LARGEST_CHUNK) {
            throw new UnreadableFileException("column " + column.getPath_in_schema() + " has " + length
                    + " bytes; the most that is read is " + LARGEST_CHUNK);
        }
        return reader.read(object, from, length);
    }
}
