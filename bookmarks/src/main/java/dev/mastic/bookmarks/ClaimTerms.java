package dev.mastic.bookmarks;

/**
 * What a run takes of what is new to it.
 *
 * @param changed what becomes of objects of which an earlier version was processed
 * @param mostObjects at most so many are granted, the first of the candidates
 * @param mostBytes no more are granted when those before them have so many bytes together; one is granted at least
 */
public record ClaimTerms(ChangedObjects changed, int mostObjects, long mostBytes) {

    /** Everything that is new. */
    public static final ClaimTerms ALL = new ClaimTerms(ChangedObjects.TAKE, Integer.MAX_VALUE, Long.MAX_VALUE);

    public ClaimTerms {
        if (mostObjects < 0 || mostBytes < 0) {
            throw new IllegalArgumentException(
                    "The bounds of a claim are negative: " + mostObjects + " objects, " + mostBytes + " bytes");
        }
    }

    /** What becomes of objects of which a committed run has processed an earlier version. */
    public enum ChangedObjects {
        /** They are new, and granted. */
        TAKE,
        /** They are not granted, and named in the answer. */
        LEAVE
    }

    /** Whether some of what is new may be left for a later run. */
    public boolean isBounded() {
        return mostObjects < Integer.MAX_VALUE || mostBytes < Long.MAX_VALUE;
    }

    /** What is left to take when some was. */
    public ClaimTerms without(java.util.List<ObjectVersion> granted) {
        long bytes = granted.stream().mapToLong(ObjectVersion::size).sum();
        return new ClaimTerms(
                changed,
                mostObjects == Integer.MAX_VALUE ? mostObjects : Math.max(0, mostObjects - granted.size()),
                mostBytes == Long.MAX_VALUE ? mostBytes : Math.max(0, mostBytes - bytes));
    }
}
