package dev.mastic.spark.script;

import dev.mastic.job.Job;
import dev.mastic.job.JobGraph;
import dev.mastic.spark.failure.JobFailure;
import dev.mastic.spark.s3.ObjectListing;
import dev.mastic.spark.s3.S3Location;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A job's script, ready to define its graph: one Java source file, or a class in a jar.
 *
 * @param fileName of the script, for messages
 */
public record JobScript(String fileName, Job job) {
    private static final String CLASS_ARGUMENT = "--class";

    /**
     * Fetches and loads a script.
     *
     * @param arguments the run's; {@code --class} names the class, needed for a jar
     * @param scratch folder for the jar
     * @throws JobFailure when it is missing, does not compile or holds no job
     */
    public static JobScript load(String location, Map<String, String> arguments, S3Client s3, Path scratch) {
        S3Location place = S3Location.parse(location);
        String fileName = place.key().substring(place.key().lastIndexOf('/') + 1);
        @Nullable String className = arguments.get(CLASS_ARGUMENT);
        if (fileName.endsWith(".java")) {
            return compile(fileName, new String(fetch(place, s3), StandardCharsets.UTF_8), arguments);
        }
        if (fileName.endsWith(".jar")) {
            if (className == null) {
                throw new JobFailure("Script " + location + " is a jar; name its job class in the argument "
                        + CLASS_ARGUMENT + ", for instance \"--class\": \"com.example.OrdersJob\"");
            }
            ClassLoader loader = jarLoader(fetch(place, s3), scratch.resolve(fileName));
            return new JobScript(fileName, instance(fileName, load(fileName, className, loader)));
        }
        throw new JobFailure("Script " + location + " is neither Java source nor a jar; ScriptLocation must end with"
                + " .java or .jar");
    }

    /** The job of a Java source file. */
    static JobScript compile(String fileName, String source, Map<String, String> arguments) {
        ScriptCompiler.CompiledScript script = ScriptCompiler.compile(fileName, source);
        return new JobScript(fileName, instance(fileName, theJob(script, arguments.get(CLASS_ARGUMENT))));
    }

    /**
     * The graph that the script defines.
     *
     * @throws JobFailure when {@code define} throws; the message names the script's line
     */
    public JobGraph graph(String jobName, Map<String, String> arguments) {
        try {
            return JobGraph.of(jobName, arguments, job);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // What the DSL refuses it says in full; anything else is a fault of the script.
            String what = e instanceof IllegalArgumentException
                    ? String.valueOf(e.getMessage())
                    : "define threw " + e.getClass().getName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
            throw new JobFailure(place(e) + what, e);
        }
    }

    private String place(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            if (element.getClassName().startsWith(job.getClass().getName()) && element.getLineNumber() > 0) {
                return fileName + ":" + element.getLineNumber() + ": ";
            }
        }
        return fileName + ": ";
    }

    private static byte[] fetch(S3Location place, S3Client s3) {
        try {
            return s3.getObjectAsBytes(request -> request.bucket(place.bucket()).key(place.key()))
                    .asByteArray();
        } catch (NoSuchBucketException e) {
            throw new JobFailure(
                    "Script " + place.uri() + " not found: there is no bucket " + place.bucket()
                            + "; create it or correct the job's ScriptLocation",
                    e);
        } catch (S3Exception e) {
            String why = e.statusCode() == 404
                    ? " not found; upload it or correct the job's ScriptLocation"
                    : " cannot be read: " + ObjectListing.reason(e);
            throw new JobFailure("Script " + place.uri() + why, e);
        }
    }

    private static Class<?> theJob(ScriptCompiler.CompiledScript script, @Nullable String className) {
        if (className != null) {
            return load(script.fileName(), className, script.loader());
        }
        List<Class<?>> jobs = new ArrayList<>();
        for (String name : script.classNames()) {
            Class<?> candidate = load(script.fileName(), name, script.loader());
            if (Job.class.isAssignableFrom(candidate)
                    && Modifier.isPublic(candidate.getModifiers())
                    && !Modifier.isAbstract(candidate.getModifiers())) {
                jobs.add(candidate);
            }
        }
        if (jobs.isEmpty()) {
            throw new JobFailure("Script " + script.fileName() + " has no public class that implements "
                    + Job.class.getName() + "; declare for instance: public class Orders implements Job");
        }
        if (jobs.size() > 1) {
            throw new JobFailure("Script " + script.fileName() + " has " + jobs.size() + " jobs: "
                    + String.join(", ", jobs.stream().map(Class::getName).toList()) + "; choose one by the argument "
                    + CLASS_ARGUMENT);
        }
        return jobs.get(0);
    }

    private static Class<?> load(String fileName, String className, ClassLoader loader) {
        try {
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new JobFailure(
                    "Script " + fileName + " has no class " + className + " that can be loaded: " + e.getMessage(), e);
        }
    }

    private static Job instance(String fileName, Class<?> type) {
        if (!Job.class.isAssignableFrom(type)) {
            throw new JobFailure("Class " + type.getName() + " of script " + fileName + " does not implement "
                    + Job.class.getName());
        }
        try {
            return (Job) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new JobFailure(
                    "The constructor of " + type.getName() + " in script " + fileName + " threw "
                            + e.getTargetException(),
                    e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new JobFailure(
                    "Class " + type.getName() + " of script " + fileName
                            + " needs a public constructor without parameters",
                    e);
        }
    }

    @SuppressWarnings("resource") // the job's classes are used until the process ends
    private static ClassLoader jarLoader(byte[] jar, Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, jar);
            return new URLClassLoader(new URL[] {file.toUri().toURL()}, JobScript.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the job's jar in " + file, e);
        }
    }
}
