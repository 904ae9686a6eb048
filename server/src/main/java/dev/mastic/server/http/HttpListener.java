package dev.mastic.server.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;

/**
 * The one HTTP port of the API. Listens from the start, so that a taken port is found at once, and answers 503 until it
 * is given something to serve. Thread-safe.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final int THREADS = 64;
    private static final int LARGEST_HEADERS = 64 << 10;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Server server;
    private final ServerConnector connector;
    private final BodyBudget bodies = BodyBudget.ofHeap();
    private volatile Exchange exchange = HttpListener::starting;

    /** Answers requests; called by many threads at once. */
    @FunctionalInterface
    public interface Exchange {
        /** Answers one request. */
        HttpAnswer answer(HttpRequest request) throws Exception;
    }

    private HttpListener(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Listens.
     *
     * @param port 0 for any free one
     * @throws ListenException when the port cannot be had
     */
    public static HttpListener start(String host, int port) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(LARGEST_HEADERS);
        configuration.setUriCompliance(org.eclipse.jetty.http.UriCompliance.UNSAFE);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        HttpListener listener = new HttpListener(server, connector);
        server.setHandler(new GracefulHandler(listener.new Bridge()));
        server.setStopTimeout(STOP.toMillis());
        try {
            server.start();
        } catch (Exception e) {
            throw new ListenException(
                    "Cannot listen on " + new InetSocketAddress(host, port) + ": " + e.getMessage()
                            + ". Choose another port by --port",
                    e);
        }
        return listener;
    }

    /** From now on, what is given answers. */
    public void serve(Exchange answering) {
        exchange = answering;
    }

    /** Address that clients on this machine use. */
    public URI address() {
        InetSocketAddress listening = new InetSocketAddress(connector.getHost(), connector.getLocalPort());
        String host = listening.getAddress().isAnyLocalAddress() ? "127.0.0.1" : connector.getHost();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getLocalPort());
    }

    /** Stops listening; requests being answered get ten seconds to end. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The HTTP listener did not stop properly", e);
        }
    }

    private static HttpAnswer starting(HttpRequest request) {
        return HttpAnswer.json(503, "{\"status\":\"starting\"}").withHeader("Retry-After", "1");
    }

    /** The port cannot be had. */
    public static final class ListenException extends RuntimeException {
        ListenException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final class Bridge extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String requestId = UUID.randomUUID().toString();
            MDC.put("requestId", requestId);
            try {
                HttpAnswer answer = answer(request);
                response.setStatus(answer.status());
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
                response.getHeaders().put("x-amzn-RequestId", requestId);
                answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
                response.write(true, ByteBuffer.wrap(answer.body()), callback);
            } finally {
                MDC.clear();
            }
            return true;
        }

        private HttpAnswer answer(Request request) {
            try (BodyBudget.Room room = bodies.take(announced(request))) {
                return exchange.answer(HttpRequest.of(request));
            } catch (BodyBudget.BusyException e) {
                return HttpAnswer.error(400, "ThrottlingException", String.valueOf(e.getMessage()))
                        .withHeader("x-amzn-ErrorType", "ThrottlingException");
            } catch (HttpRequest.TooLargeException e) {
                return HttpAnswer.error(413, "RequestEntityTooLargeException", String.valueOf(e.getMessage()));
            } catch (Exception e) {
                if (e instanceof java.io.IOException) {
                    LOG.debug("A client went away while sending its request", e);
                    return HttpAnswer.error(400, "IncompleteRequest", "The request ended before its body did");
                }
                LOG.error(
                        "{} {} failed",
                        request.getMethod(),
                        request.getHttpURI().getPath(),
                        e);
                return HttpAnswer.error(
                        500, "InternalServiceException", "Mastic failed to answer; its log has the cause");
            }
        }
    }

    /** How long the body is; negative when its sender does not say, as of one in chunks. */
    private static long announced(Request request) {
        boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        return chunked ? -1 : Math.max(0, request.getLength());
    }

    /** Reads a whole body, up to a limit. */
    static byte[] body(Request request, long limit) throws java.io.IOException {
        long announced = request.getLength();
        if (announced > limit) {
            throw new HttpRequest.TooLargeException(announced, limit);
        }
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream(announced > 0 ? (int) announced : 1024);
        try (java.io.InputStream input = Content.Source.asInputStream(request)) {
            byte[] buffer = new byte[8192];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                body.write(buffer, 0, read);
                if (body.size() > limit) {
                    throw new HttpRequest.TooLargeException(body.size(), limit);
                }
            }
        }
        return body.toByteArray();
    }
}
