package dev.mastic.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How the words of {@link Dsl} make expressions. */
abstract class WordCalls {
    WordCalls() {}

    static Expression call(Function function, Object... arguments) {
        return new Expression.Call(function, expressions(arguments));
    }

    static Aggregation aggregation(Aggregation.Kind kind, Object... arguments) {
        return new Aggregation(kind, expressions(arguments), null);
    }

    static Ranking ranking(Ranking.Kind kind, Object... arguments) {
        return new Ranking(kind, expressions(arguments));
    }

    static Object[] prepended(Object first, Object[] rest) {
        List<Object> all = new ArrayList<>();
        all.add(first);
        all.addAll(Arrays.asList(rest));
        return all.toArray();
    }

    private static List<Expression> expressions(Object... arguments) {
        return Arrays.stream(arguments).map(Expression.Literal::of).toList();
    }
}
