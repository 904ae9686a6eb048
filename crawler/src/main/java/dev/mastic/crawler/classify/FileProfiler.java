package dev.mastic.crawler.classify;

import dev.mastic.crawler.classify.format.ExcelFiles;
import dev.mastic.crawler.classify.format.OrcTail;
import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.util.List;

/** Reads as little of a file as tells its format and columns. Thread-safe. */
public final class FileProfiler {
    /** The whole of many files, and enough to know a Parquet file by. */
    private static final int FIRST_READ = 64 << 10;

    /** As for texts. */
    private static final int MOST_COLUMNS = JsonTypes.MOST_COLUMNS;

    private final ObjectStore store;
    private final List<CustomClassifier> custom;

    /** @param custom classifiers that are asked before the built-in ones, in their order */
    public FileProfiler(ObjectStore store, List<CustomClassifier> custom) {
        this.store = store;
        this.custom = List.copyOf(custom);
    }

    /**
     * Reads and classifies a file.
     *
     * @throws UnreadableFileException when it gives no columns
     * @throws dev.mastic.crawler.source.SourceException when S3 does not answer
     */
    public FileProfile profile(StoredObject object) {
        FileProfile profile = object.key().endsWith(".parquet") ? namedParquet(object) : byHead(object);
        if (profile.columns().size() > MOST_COLUMNS) {
            throw new UnreadableFileException("it has " + profile.columns().size() + " columns; the most is "
                    + MOST_COLUMNS + ": put them into a column of type map, or correct the delimiter");
        }
        return FileNames.checked(profile);
    }

    /** The footer first, which spares a read; the content when the name turns out to lie. */
    private FileProfile namedParquet(StoredObject object) {
        ParquetFooter footer = tail(object, ParquetFooter.FIRST_TAIL);
        if (footer.endsAsParquet()) {
            return parquet(object, footer);
        }
        FileProfile profile = byHead(object);
        return profile.format() instanceof FileFormat.Parquet ? footer.profile() : profile;
    }

    private FileProfile byHead(StoredObject object) {
        byte[] head = store.read(object, 0, FIRST_READ);
        if (ParquetFooter.startsAsParquet(head)) {
            return parquet(object, tail(object, ParquetFooter.FIRST_TAIL));
        } else if (OrcTail.startsAsOrc(head)) {
            OrcTail tail = new OrcTail(object, end(object, OrcTail.FIRST_TAIL));
            // A text may start with these letters, too.
            if (tail.endsAsOrc() || hasZeros(head)) {
                return orc(object, tail);
            }
        }
        ExcelFiles.refuseOtherOffice(head, object.key());
        if (ExcelFiles.startsAsExcel(head)) {
            return excel(object, head);
        }
        if (head.length == FIRST_READ && object.size() > FIRST_READ) {
            head = concat(head, store.read(object, FIRST_READ, Sample.MOST_BYTES - FIRST_READ));
        }
        return Classifiers.classify(new Sample(object, head, head.length >= object.size()), custom);
    }

    private FileProfile parquet(StoredObject object, ParquetFooter footer) {
        long needed = footer.bytesNeeded();
        return (needed <= footer.tail().length ? footer : tail(object, needed)).profile();
    }

    private ParquetFooter tail(StoredObject object, long length) {
        return new ParquetFooter(object, end(object, length));
    }

    private FileProfile orc(StoredObject object, OrcTail first) {
        long needed = first.bytesNeeded();
        return (needed <= first.tail().length ? first : new OrcTail(object, end(object, needed))).profile();
    }

    private FileProfile excel(StoredObject object, byte[] head) {
        if (object.size() > ExcelFiles.LARGEST) {
            throw new UnreadableFileException("it is an Excel workbook of " + object.size() + " bytes; the most is "
                    + ExcelFiles.LARGEST + ": save its data as CSV or Parquet");
        }
        boolean whole = head.length >= object.size();
        return ExcelFiles.profile(
                object, whole ? head : concat(head, store.read(object, head.length, object.size() - head.length)));
    }

    private byte[] end(StoredObject object, long length) {
        long from = Math.max(0, object.size() - length);
        return store.read(object, from, object.size() - from);
    }

    private static boolean hasZeros(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
