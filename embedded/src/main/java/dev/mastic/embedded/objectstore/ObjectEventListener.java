package dev.mastic.embedded.objectstore;

/** Hears of every object that appears or vanishes, before the client that caused it gets its answer. */
@FunctionalInterface
public interface ObjectEventListener {

    /**
     * Called once for each change, by many threads at once. When it throws, the client gets an error and will send its
     * request again, so that no acknowledged change is ever unheard.
     */
    void onEvent(ObjectEvent event);
}
