import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the statements of SQL files against Trino and compares each answer with the one that is written below it. The
 * README beside this file has the notation. Arguments: the JDBC URL, the file for the results, the SQL files. Exits with 1
 * when a statement answers otherwise than expected.
 */
public final class RunSql {
    private static final String NO_ROWS = "(no rows)";

    private final String url;
    private final List<String> results = new ArrayList<>();
    private int passed;
    private int failed;

    private RunSql(String url) {
        this.url = url;
    }

    public static void main(String[] arguments) throws Exception {
        RunSql run = new RunSql(arguments[0]);
        for (int i = 2; i < arguments.length; i++) {
            run.file(Path.of(arguments[i]));
        }
        Files.write(
                Path.of(arguments[1]),
                run.results,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        System.exit(run.failed == 0 ? 0 : 1);
    }

    private void file(Path path) throws IOException, SQLException {
        int passedBefore = passed;
        int failedBefore = failed;
        long started = System.nanoTime();
        try (Connection session = connect()) {
            for (Case step : parse(path)) {
                check(path, step, session);
            }
        }
        System.out.printf(
                "  %-28s %3d passed %3d failed  %5.1f s%n",
                path.getFileName(),
                passed - passedBefore,
                failed - failedBefore,
                (System.nanoTime() - started) / 1e9);
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "mastic");
        return DriverManager.getConnection(url, properties);
    }

    private void check(Path path, Case step, Connection session) {
        long started = System.nanoTime();
        Answer answer = step.sessions > 1 ? concurrently(step) : answer(step.sql, session);
        long millis = (System.nanoTime() - started) / 1_000_000;
        String difference = step.difference(answer);
        boolean good = difference.isEmpty();
        if (good) {
            passed++;
        } else {
            failed++;
            System.out.printf(
                    "%nFAILED %s:%d%n%s%n  %s%n%n", path.getFileName(), step.line, step.sql, difference.replace("\n", "\n  "));
        }
        results.add("%s\t%s\t%d\t%d\t%s"
                .formatted(good ? "passed" : "failed", path.getFileName(), step.line, millis, oneLine(step.sql)));
    }

    private Answer answer(String sql, Connection session) {
        try (Statement statement = session.createStatement()) {
            if (!statement.execute(sql)) {
                return new Answer(List.of(), statement.getLargeUpdateCount(), "");
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.getResultSet()) {
                int width = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<String> cells = new ArrayList<>();
                    for (int column = 1; column <= width; column++) {
                        cells.add(String.valueOf(result.getObject(column)));
                    }
                    rows.add(String.join(" | ", cells));
                }
            }
            return new Answer(rows, -1, "");
        } catch (SQLException e) {
            return new Answer(List.of(), -1, String.valueOf(e.getMessage()));
        }
    }

    private Answer concurrently(Case step) {
        ExecutorService sessions = Executors.newFixedThreadPool(step.sessions);
        try {
            List<Callable<Answer>> work = new ArrayList<>();
            for (int number = 1; number <= step.sessions; number++) {
                String mine = step.sql.replace("${session}", Integer.toString(number));
                work.add(() -> {
                    try (Connection session = connect()) {
                        Answer last = new Answer(List.of(), -1, "");
                        for (int time = 1; time <= step.times && last.error.isEmpty(); time++) {
                            last = answer(mine.replace("${time}", Integer.toString(time)), session);
                        }
                        return last;
                    }
                });
            }
            Answer worst = new Answer(List.of(), -1, "");
            for (Future<Answer> future : sessions.invokeAll(work)) {
                Answer one = future.get();
                worst = worst.error.isEmpty() ? one : worst;
            }
            return worst;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            sessions.shutdown();
        }
    }

    private static List<Case> parse(Path path) throws IOException {
        List<Case> cases = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        int sessions = 1;
        int times = 1;
        int number = 0;
        int start = 0;
        for (String raw : Files.readAllLines(path)) {
            number++;
            String line = substitute(raw);
            boolean between = sql.isEmpty();
            if (between && line.startsWith("--*")) {
                String[] words = line.substring(3).trim().split(" +");
                sessions = Integer.parseInt(words[0]);
                times = Integer.parseInt(words[2]);
            } else if (between && line.matches("--[>#!~].*")) {
                cases.get(cases.size() - 1).expect(line.charAt(2), line.substring(3).trim());
            } else if (between && (line.isBlank() || line.startsWith("--"))) {
                continue;
            } else {
                start = between ? number : start;
                sql.append(between ? "" : "\n").append(line);
                if (line.endsWith(";")) {
                    sql.setLength(sql.length() - 1);
                    cases.add(new Case(start, sql.toString(), sessions, times));
                    sql.setLength(0);
                    sessions = 1;
                    times = 1;
                }
            }
        }
        if (!sql.isEmpty()) {
            throw new IllegalArgumentException(path + ":" + start + " has no ';' at the end of a line");
        }
        return cases;
    }

    private static String substitute(String line) {
        return line.replace("${bucket}", System.getenv("TRINO_BUCKET")).replace("${schema}", System.getenv("TRINO_SCHEMA"));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /** What Trino said; {@code error} is empty when it was no error, {@code updated} negative when it was no count. */
    private record Answer(List<String> rows, long updated, String error) {}

    /** A statement and what its answer has to be. */
    private static final class Case {
        final int line;
        final String sql;
        final int sessions;
        final int times;
        private final List<String> rows = new ArrayList<>();
        private final List<String> parts = new ArrayList<>();
        private String error = "";
        private long updated = -1;

        Case(int line, String sql, int sessions, int times) {
            this.line = line;
            this.sql = sql;
            this.sessions = sessions;
            this.times = times;
        }

        void expect(char kind, String text) {
            switch (kind) {
                case '>' -> rows.add(text);
                case '~' -> parts.add(text);
                case '!' -> error = text;
                case '#' -> updated = Long.parseLong(text);
                default -> throw new IllegalArgumentException("no expectation is written --" + kind);
            }
        }

        String difference(Answer answer) {
            if (!error.isEmpty()) {
                return answer.error.contains(error)
                        ? ""
                        : "expected the error: " + error + "\ngot: " + (answer.error.isEmpty() ? "none" : answer.error);
            }
            if (!answer.error.isEmpty()) {
                return "failed: " + answer.error;
            }
            if (updated >= 0 && updated != answer.updated) {
                return "expected " + updated + " rows to be changed, got " + answer.updated;
            }
            String all = oneLine(String.join("\n", answer.rows));
            for (String part : parts) {
                if (!all.contains(oneLine(part))) {
                    return "expected to find: " + part + "\ngot: " + String.join("\n", answer.rows);
                }
            }
            if (rows.isEmpty()) {
                return "";
            }
            List<String> expected = rows.equals(List.of(NO_ROWS)) ? List.of() : rows;
            boolean same = expected.size() == answer.rows.size();
            for (int i = 0; same && i < expected.size(); i++) {
                same = matches(expected.get(i), answer.rows.get(i));
            }
            return same ? "" : "expected:\n" + String.join("\n", expected) + "\ngot:\n" + String.join("\n", answer.rows);
        }

        private static boolean matches(String expected, String row) {
            String[] wanted = expected.strip().split(" \\|( |$)", -1);
            String[] found = row.strip().split(" \\|( |$)", -1);
            boolean same = wanted.length == found.length;
            for (int i = 0; same && i < wanted.length; i++) {
                same = wanted[i].equals("*") || wanted[i].equals(found[i]);
            }
            return same;
        }
    }
}
