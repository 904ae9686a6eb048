package dev.mastic.job;

/**
 * A value that a custom transform is given.
 *
 * @param value a constant
 */
public record Option(String name, Expression.Literal value) {
    public Option {
        Names.column(name);
    }

    static Option of(String name, Object value) {
        if (Constants.of(value) instanceof Expression.Literal literal) {
            return new Option(name, literal);
        }
        throw new IllegalArgumentException(
                "Option '" + name + "' is an expression; a custom transform is given constants only");
    }

    Calls calls() {
        return Calls.of("option", name, new Calls.Value(value));
    }
}
