package dev.mastic.spark.failure;

import org.apache.spark.SparkThrowable;
import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run's failure in one line: what failed, in which file when that is known, and its first cause. */
public final class FailureMessage {
    private static final int LONGEST = 2_000;
    private static final Pattern FILE = Pattern.compile("s3a?://[^\\s\"'`]+");

    private FailureMessage() {}

    /** @param scratch the driver's folder on local disk, named when the disk is full */
    public static String of(Throwable thrown, Path scratch) {
        List<Throwable> causes = causes(thrown);
        if (thrown instanceof JobFailure) {
            return oneLine(String.valueOf(thrown.getMessage()));
        }
        for (Throwable cause : causes) {
            if (cause instanceof JobFailure) {
                return oneLine(String.valueOf(cause.getMessage()));
            }
            if (String.valueOf(cause.getMessage()).contains("No space left on device")) {
                return "No space left on the disk of " + scratch
                        + "; free some, or give drivers another scratch folder";
            }
            if (cause instanceof OutOfMemoryError) {
                return "The driver ran out of memory (" + cause.getMessage()
                        + "); give the job more, or read less at once";
            }
        }
        String step = thrown instanceof StepFailure ? thrown.getMessage() + ": " : "";
        String file = file(causes);
        Throwable root = causes.get(causes.size() - 1);
        return oneLine(step + (file.isEmpty() ? "" : file + ": ") + explain(causes, root));
    }

    /** What a throwable says, without Spark's plans and stack traces. */
    public static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            return thrown.getClass().getName();
        }
        String first = message.strip().lines().findFirst().orElse("");
        return first.replaceAll("\\s*SQLSTATE: \\w+;?\\s*$", "").strip();
    }

    private static String explain(List<Throwable> causes, Throwable root) {
        String name = root.getClass().getName();
        if (root instanceof EOFException || contains(causes, "Unexpected end of input stream")) {
            return "the file ends too early: it is truncated or still being written; upload it again";
        }
        if (name.contains("zip.") || contains(causes, "not in GZIP format") || contains(causes, "not a gzip file")) {
            return "the file cannot be unpacked, it is damaged: " + firstLine(root) + "; upload it again";
        }
        if (contains(causes, "is not a Parquet file")) {
            return "this is no Parquet file; remove it from the folder or upload it again";
        }
        if (root instanceof ConnectException || root instanceof UnknownHostException) {
            return "no connection to the object store or the catalog: " + firstLine(root)
                    + "; see that it runs, then run the job again";
        }
        if (root instanceof FileNotFoundException) {
            return "the file was removed while it was read; run the job again";
        }
        for (Throwable cause : causes) {
            if (cause instanceof SparkThrowable spark && isSpecific(spark.getCondition())) {
                return hint(cause, root);
            }
        }
        return name.startsWith("dev.mastic.") ? firstLine(root) : shortName(root) + ": " + firstLine(root);
    }

    private static String hint(Throwable cause, Throwable root) {
        String message = firstLine(cause);
        boolean malformed = message.startsWith("[MALFORMED_RECORD_IN_PARSING");
        if (!malformed) {
            return message;
        }
        String reason = root == cause ? "" : " (" + firstLine(root) + ")";
        return "a row does not fit the columns: " + record(message) + reason
                + "; correct the file, or declare the column as string";
    }

    private static String record(String message) {
        int colon = message.indexOf(": ");
        String text = colon < 0 ? message : message.substring(colon + 2);
        int end = text.indexOf(". Parse Mode");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static boolean isSpecific(@Nullable String condition) {
        return condition != null
                && !condition.startsWith("FAILED_READ_FILE")
                && !condition.startsWith("TASK_WRITE_FAILED");
    }

    private static String file(List<Throwable> causes) {
        for (Throwable cause : causes) {
            Matcher matcher = FILE.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                String found = matcher.group().replaceFirst("^s3a:", "s3:");
                return found.replaceAll("[.,;:)\\]]+$", "");
            }
        }
        return "";
    }

    private static boolean contains(List<Throwable> causes, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return causes.stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted));
    }

    private static String shortName(Throwable thrown) {
        return thrown.getClass().getSimpleName();
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (@Nullable Throwable cause = thrown; cause != null && causes.size() < 30; cause = cause.getCause()) {
            if (causes.contains(cause)) {
                break;
            }
            causes.add(cause);
        }
        return causes;
    }

    /** Control characters, as of a file that is no text, are what neither a terminal nor PostgreSQL takes. */
    private static String oneLine(String text) {
        String line = text.replaceAll("\\s*\\R\\s*", "; ")
                .replaceAll("[\\p{Cntrl}&&[^\\t]]", "\uFFFD")
                .strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }
}
