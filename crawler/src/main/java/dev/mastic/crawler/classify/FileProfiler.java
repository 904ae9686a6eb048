package dev.mastic.crawler.classify;

import dev.mastic.crawler.source.ObjectStore;
import dev.mastic.crawler.source.StoredObject;
import dev.mastic.crawler.source.UnreadableFileException;

import java.util.List;

/** Reads as little of a file as tells its format and columns. Thread-safe. */
public final class FileProfiler {
    /** The whole of many files, and enough to know a Parquet file by. */
    private static final int FIRST_READ = 64 << 10;

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
        if (object.key().endsWith(".parquet")) {
            return parquet(object);
        }
        byte[] head = store.read(object, 0, FIRST_READ);
        if (ParquetFooter.startsAsParquet(head)) {
            return parquet(object);
        }
        if (head.length == FIRST_READ && object.size() > FIRST_READ) {
            head = concat(head, store.read(object, FIRST_READ, Sample.MOST_BYTES - FIRST_READ));
        }
        return Classifiers.classify(new Sample(object, head, head.length >= object.size()), custom);
    }

    private FileProfile parquet(StoredObject object) {
        ParquetFooter footer = tail(object, ParquetFooter.FIRST_TAIL);
        long needed = footer.bytesNeeded();
        return (needed <= footer.tail().length ? footer : tail(object, needed)).profile();
    }

    private ParquetFooter tail(StoredObject object, long length) {
        long from = Math.max(0, object.size() - length);
        return new ParquetFooter(object, store.read(object, from, object.size() - from));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
