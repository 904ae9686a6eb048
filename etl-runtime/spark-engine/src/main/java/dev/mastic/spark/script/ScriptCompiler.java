package dev.mastic.spark.script;

import dev.mastic.job.Job;
import dev.mastic.spark.failure.JobFailure;
import org.jspecify.annotations.Nullable;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compiles one Java source file in memory, against the driver's class path. Thread-safe. */
public final class ScriptCompiler {
    private static final int RELEASE = 17;
    private static final String DSL = dsl();

    private ScriptCompiler() {}

    /**
     * The classes of a script, in a class loader of their own.
     *
     * @param fileName for messages; need not match the class's name
     * @throws JobFailure when it does not compile: file, line, the line itself and the compiler's message
     */
    public static CompiledScript compile(String fileName, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new JobFailure(
                    "Cannot compile " + fileName + ": " + System.getProperty("java.home")
                            + " is a Java runtime without a compiler; let the server start drivers with a JDK 17 or 21 (JAVA_HOME)");
        }
        // Most scripts need the DSL alone; to look through all jars of the driver takes longer than to compile.
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<String, ClassBytes> classes = new LinkedHashMap<>();
        if (!compile(compiler, fileName, source, DSL, diagnostics, classes)) {
            diagnostics = new DiagnosticCollector<>();
            classes.clear();
            if (!compile(compiler, fileName, source, System.getProperty("java.class.path"), diagnostics, classes)) {
                throw new JobFailure(message(fileName, source, diagnostics.getDiagnostics()));
            }
        }
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        classes.forEach((name, file) -> bytes.put(name, file.content.toByteArray()));
        return new CompiledScript(fileName, List.copyOf(bytes.keySet()), new Loader(bytes));
    }

    private static boolean compile(
            JavaCompiler compiler,
            String fileName,
            String source,
            String classPath,
            DiagnosticCollector<JavaFileObject> diagnostics,
            Map<String, ClassBytes> classes) {
        List<String> options = new ArrayList<>(
                List.of("-classpath", classPath, "-proc:none", "-g", "-parameters", "-implicit:none", "-Xlint:none"));
        if (Runtime.version().feature() != RELEASE) {
            // The same as without it on that very release, and slower.
            options.addAll(List.of("--release", Integer.toString(RELEASE)));
        }
        try (JavaFileManager standard =
                        compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8);
                JavaFileManager inMemory = new InMemoryFiles(standard, classes)) {
            return compiler.getTask(null, inMemory, diagnostics, options, null, List.of(new Source(fileName, source)))
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot compile " + fileName, e);
        }
    }

    private static String dsl() {
        try {
            return Path.of(Job.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names and the loader of a script's classes. */
    public record CompiledScript(String fileName, List<String> classNames, ClassLoader loader) {}

    private static String message(
            String fileName, String source, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<Diagnostic<? extends JavaFileObject>> errors = diagnostics.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return "Script " + fileName + " does not compile";
        }
        Diagnostic<? extends JavaFileObject> first = errors.get(0);
        List<String> lines = source.lines().toList();
        long line = first.getLineNumber();
        String text = line >= 1 && line <= lines.size()
                ? ": " + lines.get((int) line - 1).strip()
                : "";
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more errors)";
        String what = first.getMessage(Locale.ROOT).replaceAll("\\s*\\R\\s*", "; ");
        return "Script does not compile: " + fileName + ":" + Math.max(line, 1) + ": " + what + text + more;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String fileName, String text) {
            super(URI.create("script:///" + fileName.replaceAll("[^A-Za-z0-9._-]", "_")), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        /** The object's key in S3 need not be the class's name. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }
    }

    private static final class ClassBytes extends SimpleJavaFileObject {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        ClassBytes(String className) {
            super(URI.create("script:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return content;
        }
    }

    private static final class InMemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ClassBytes> classes;

        InMemoryFiles(JavaFileManager standard, Map<String, ClassBytes> classes) {
            super(standard);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            ClassBytes file = new ClassBytes(className);
            classes.put(className, file);
            return file;
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(ScriptCompiler.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
