package dev.mastic.job;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Compiles sources of jobs and makes the jobs. */
final class Javac {
    private Javac() {}

    /** @param sources the sources by the names of their classes */
    static ClassLoader compiled(Map<String, String> sources, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<Source> units = sources.entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        List<String> options =
                List.of("-d", folder.toString(), "-encoding", "UTF-8", "-cp", System.getProperty("java.class.path"));
        if (!compiler.getTask(messages, null, null, options, null, units).call()) {
            throw new AssertionError(messages.toString());
        }
        try {
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Javac.class.getClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JobGraph graph(ClassLoader classes, String className, String jobName) {
        try {
            JobBuilder builder = new JobBuilder(jobName, Map.of());
            ((Job) classes.loadClass(className).getConstructor().newInstance()).define(builder);
            return builder.build();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
