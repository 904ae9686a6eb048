package dev.mastic.job;

/**
 * A check of each row.
 *
 * @param name the reason that a bad row is given
 * @param condition a row for which it is false or null is bad
 */
public record RowRule(String name, Expression condition) {
    public RowRule {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A rule needs a name: it is the reason that bad rows are given");
        }
    }

    Calls calls() {
        return Calls.of("rule", name, condition);
    }
}
