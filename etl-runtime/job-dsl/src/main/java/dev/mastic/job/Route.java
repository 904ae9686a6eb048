package dev.mastic.job;

/** A way that rows of a split take. */
public record Route(String name, Expression condition) {
    /** The name of the way of all rows that take no other. */
    public static final String OTHERWISE = "otherwise";

    public Route {
        Names.step(name);
        if (name.equals(OTHERWISE)) {
            throw new IllegalArgumentException(
                    "A route cannot be named 'otherwise': that is the way of all rows that take no other");
        }
    }

    Calls calls() {
        return Calls.of("route", name, condition);
    }
}
