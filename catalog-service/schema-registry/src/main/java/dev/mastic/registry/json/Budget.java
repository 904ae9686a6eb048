package dev.mastic.registry.json;

/** Bounds the work of one comparison: schemas can be written whose comparison would take for ever. Not thread-safe. */
final class Budget {
    private static final int STEPS = 50_000;

    private int left = STEPS;

    /** Thrown when a comparison is too much work. */
    static final class SpentException extends RuntimeException {
        SpentException() {
            super("The schemas are too intricate to be compared", null, false, false);
        }
    }

    void step() {
        if (--left < 0) {
            throw new SpentException();
        }
    }
}
