package dev.mastic.bookmarks;

/** Who else may write to a location while a run does, from the time it announces it until it is published or ended. */
public enum OutputAccess {
    /** Other runs that share it: files are only added. */
    SHARED,
    /** Nobody: what is there is replaced. */
    EXCLUSIVE
}
