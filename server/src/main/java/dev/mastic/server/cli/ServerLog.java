package dev.mastic.server.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.net.URL;
import java.nio.file.Path;

/** Where the process's log goes. */
final class ServerLog {
    private ServerLog() {}

    /** To standard output, as {@code json} or {@code text}. */
    static void configure(String format) {
        System.setProperty("mastic.log.appender", format);
        reload();
    }

    /** To a file, as text; for commands whose standard output is for people. */
    static void configure(Path file) {
        System.setProperty("mastic.log.file", file.toString());
        configure("file");
    }

    private static void reload() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        URL resource = ServerLog.class.getResource("/logback.xml");
        if (resource == null) {
            throw new IllegalStateException("logback.xml is missing on the class path");
        }
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(resource);
        } catch (JoranException e) {
            throw new IllegalStateException("logback.xml is not valid", e);
        }
    }
}
