package dev.mastic.crawler.lake;

/** Formats of tables that know their own files. */
public enum LakeKind {
    ICEBERG("Iceberg"),
    DELTA("Delta Lake"),
    HUDI("Hudi");

    private final String title;

    LakeKind(String title) {
        this.title = title;
    }

    /** The format's name, for people. */
    public String title() {
        return title;
    }
}
