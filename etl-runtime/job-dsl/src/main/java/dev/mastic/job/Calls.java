package dev.mastic.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The calls of the DSL that make a value, {@code Csv.at("s3://landing/orders/").withHeader()} for instance; what
 * the Java source of a graph is made of. Each source and target says its own. Immutable: each method returns a longer
 * copy.
 *
 * @param type the class whose static method begins, or empty for a static method of {@link Dsl} or a method of a frame
 * @param chain the calls, one upon the other
 */
public record Calls(String type, List<Call> chain) {
    public Calls {
        chain = List.copyOf(chain);
    }

    /**
     * One call.
     *
     * @param arguments texts, characters, whole numbers, doubles, constants of enums, {@link Expression}s, {@link
     *     Value}s, {@link Rows}, {@link RowsAs} or other {@link Calls}
     */
    public record Call(String method, List<Object> arguments) {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** As an argument: the rows of a step. */
    public record Rows(String step) {}

    /** As an argument: the rows of a step by the name that an SQL text knows them by. */
    public record RowsAs(String step, String alias) {}

    /** As an argument: an expression that may be written as a plain constant, {@code 1} for {@code lit(1)}. */
    public record Value(Expression expression) {}

    /** Begins with a static method: {@code Csv.at("s3://landing/orders/")}. */
    public static Calls of(Class<?> type, String method, Object... arguments) {
        return new Calls(type.getSimpleName(), List.of()).then(method, arguments);
    }

    /** Begins with a word of {@link Dsl} or with a method of a frame: {@code on("id")}. */
    public static Calls of(String method, Object... arguments) {
        return new Calls("", List.of()).then(method, arguments);
    }

    /** Adds a call; an argument that is a collection stands for its elements. */
    public Calls then(String method, Object... arguments) {
        List<Object> all = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof Collection<?> many) {
                all.addAll(many);
            } else {
                all.add(argument);
            }
        }
        List<Call> longer = new ArrayList<>(chain);
        longer.add(new Call(method, all));
        return new Calls(type, longer);
    }

    /** Adds {@code method(value)} unless the value is what stands without that call. */
    public Calls unless(Object standard, String method, Object value) {
        return Objects.equals(standard, value) ? this : then(method, value);
    }

    /** Adds {@code method(name, type)} for each declared column. */
    public Calls columns(List<Field> fields) {
        Calls calls = this;
        for (Field field : fields) {
            calls = calls.then("column", field.name(), field.type());
        }
        return calls;
    }
}
