package dev.mastic.job;

/** A pair of columns that are equal in joined rows. */
public record JoinKey(String left, String right) {
    public JoinKey {
        Names.column(left);
        Names.column(right);
    }

    Calls calls() {
        return left.equals(right) ? Calls.of("on", left) : Calls.of("on", left, right);
    }
}
