package dev.mastic.orchestration.job;

import dev.mastic.bookmarks.BookmarkOption;
import dev.mastic.bookmarks.postgres.BookmarkRange;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Job;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of a run: the job's non-overridable ones over the run's own over the job's defaults.
 *
 * @param values by name with dashes
 */
public record JobArguments(Map<String, String> values, BookmarkOption bookmarkOption) {
    private static final String BOOKMARK_OPTION = "--job-bookmark-option";
    private static final int MOST_BYTES = 260 * 1024;

    public JobArguments {
        values = Map.copyOf(values);
    }

    /**
     * Resolves the arguments of a run.
     *
     * @throws InvalidInputException naming the argument that cannot be obeyed
     */
    public static JobArguments resolve(Job job, Map<String, String> ofRun) {
        Map<String, String> values = new TreeMap<>(job.defaultArguments());
        values.putAll(ofRun);
        values.putAll(job.nonOverridableArguments());
        long bytes = 0;
        for (Map.Entry<String, String> argument : values.entrySet()) {
            if (argument.getKey() == null
                    || argument.getValue() == null
                    || argument.getKey().isEmpty()) {
                throw invalid("Argument '" + argument.getKey() + "' has no name or no value");
            }
            bytes += argument.getKey().getBytes(StandardCharsets.UTF_8).length;
            bytes += argument.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_BYTES) {
            throw invalid("The run's arguments have " + bytes + " bytes; at most " + MOST_BYTES + " are allowed");
        }
        if (job.command().scriptLocation().endsWith(".jar") && !values.containsKey("--class")) {
            throw invalid("Job " + job.name() + " runs " + job.command().scriptLocation()
                    + ": name the class of its job in the argument --class");
        }
        BookmarkOption option = option(values);
        checkRange(values, option);
        return new JobArguments(values, option);
    }

    private static void checkRange(Map<String, String> values, BookmarkOption option) {
        boolean from = values.containsKey(BookmarkRange.FROM);
        if (from != values.containsKey(BookmarkRange.TO)) {
            throw invalid((from ? BookmarkRange.FROM : BookmarkRange.TO) + " is there without "
                    + (from ? BookmarkRange.TO : BookmarkRange.FROM) + ": name the runs of both, or neither");
        }
        if (from && option != BookmarkOption.PAUSE) {
            throw invalid(BookmarkRange.FROM + " reads the input of earlier runs again and remembers nothing: it needs "
                    + BOOKMARK_OPTION + " " + BookmarkOption.PAUSE.argument() + ", and has " + option.argument());
        }
    }

    private static BookmarkOption option(Map<String, String> values) {
        String option = values.get(BOOKMARK_OPTION);
        if (option == null) {
            return BookmarkOption.DISABLE;
        }
        try {
            return BookmarkOption.ofArgument(option);
        } catch (IllegalArgumentException e) {
            throw (InvalidInputException) InvalidInputException.builder()
                    .message(e.getMessage())
                    .cause(e)
                    .build();
        }
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }
}
