package dev.mastic.catalog.store;

import dev.mastic.wire.GlueDispatcher;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Runs work in a transaction of its own, and again when PostgreSQL gave it up for a deadlock or a serialization failure:
 * such a transaction has left nothing behind. Thread-safe.
 */
public final class Transactions {
    private static final int ATTEMPTS = 8;
    private static final int LONGEST_PAUSE_MILLIS = 40;
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK = "40P01";

    private final SessionFactory sessions;
    private final BiFunction<Outcome, RuntimeException, ? extends RuntimeException> unavailable;

    /**
     * On the sessions of one catalog.
     *
     * @param unavailable makes what is thrown for a failure that says that PostgreSQL does not answer
     */
    public Transactions(
            SessionFactory sessions, BiFunction<Outcome, RuntimeException, ? extends RuntimeException> unavailable) {
        this.sessions = sessions;
        this.unavailable = unavailable;
    }

    /** The work's result, once it is committed. */
    public <T> T run(Function<Session, T> work) {
        AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.NOTHING_CHANGED);
        for (int attempt = 1; ; attempt++) {
            try {
                outcome.set(Outcome.NOTHING_CHANGED);
                return sessions.fromTransaction(session -> {
                    T result = work.apply(session);
                    outcome.set(Outcome.UNKNOWN);
                    return result;
                });
            } catch (RuntimeException e) {
                if (GlueDispatcher.isDatabaseAway(e)) {
                    throw unavailable.apply(outcome.get(), e);
                }
                String state = sqlState(e);
                boolean passing = SERIALIZATION_FAILURE.equals(state) || DEADLOCK.equals(state);
                if (!passing || attempt == ATTEMPTS) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** The constraint that a failure broke, as PostgreSQL names it beside its message; null when it broke none. */
    public static @Nullable String brokenConstraint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
                return postgres.getServerErrorMessage().getConstraint();
            }
        }
        return null;
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a transaction", e);
        }
    }
}
