package dev.mastic.embedded.objectstore;

/** Hears of every object that appears or vanishes, before the client that caused it gets its answer. */
@FunctionalInterface
public interface ObjectEventListener {

    /**
     * Called once for each change, by many threads at once. When it throws, the client gets an error and will send its
     * request again. The event is moreover sent again every few seconds, also by the next process, until this returns:
     * then it may come twice, and tells of the object as it is at that time.
     */
    void onEvent(ObjectEvent event);
}
