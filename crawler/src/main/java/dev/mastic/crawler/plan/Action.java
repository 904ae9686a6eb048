package dev.mastic.crawler.plan;

/** What a crawl does with a table. */
public enum Action {
    CREATE("CREATED"),
    UPDATE("UPDATED"),
    /** The table is as the files are; counts and partitions may change. */
    KEEP("UNCHANGED"),
    /** Left as it is: the policy says LOG, another crawler owns it, or it is of another kind than the files. */
    LEAVE("LEFT"),
    DEPRECATE("DEPRECATED"),
    DELETE("DELETED");

    private final String done;

    Action(String done) {
        this.done = done;
    }

    /** The word for it when it is done. */
    public String done() {
        return done;
    }
}
