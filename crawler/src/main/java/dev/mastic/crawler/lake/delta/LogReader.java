package dev.mastic.crawler.lake.delta;

import dev.mastic.crawler.source.StoredObject;

/** Reads a part of an object, as {@link dev.mastic.crawler.source.ObjectStore#read} does. */
@FunctionalInterface
public interface LogReader {
    /**
     * Some bytes of an object.
     *
     * @param from first byte, 0 is the object's first
     * @param length at most so many
     * @throws dev.mastic.crawler.source.UnreadableFileException when the object is gone or refused
     */
    byte[] read(StoredObject object, long from, long length);
}
