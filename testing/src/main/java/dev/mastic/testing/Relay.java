package dev.mastic.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A port that leads to another one until it is cut, or stalls: a store that goes away and comes back. Thread-safe. */
public final class Relay implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private boolean stalled;

    private Relay(int target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
    }

    /** To a port of this machine. */
    public static Relay to(int target) {
        try {
            return new Relay(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port that leads there. */
    public int port() {
        return port;
    }

    /** Ends all connections and takes no new ones. */
    public synchronized void cut() throws IOException {
        listener.close();
        for (Closeable socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** Keeps all connections and moves no byte, as a network does that loses its packets. */
    public synchronized void stall() {
        stalled = true;
    }

    /** Takes connections again, and moves bytes again. */
    public synchronized void mend() throws IOException {
        stalled = false;
        notifyAll();
        if (listener.isClosed()) {
            listener = listen(port);
        }
    }

    private synchronized void awaitFlow() throws IOException {
        while (stalled) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the relay stalled", e);
            }
        }
    }

    private ServerSocket listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
        start("accept", () -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket from) throws IOException {
        while (true) {
            Socket client = from.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            start("up", () -> pump(client, server));
            start("down", () -> pump(server, client));
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitFlow();
                out.write(buffer, 0, read);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closed sockets end their threads: that is what a relay does.
                        Thread.currentThread().interrupt();
                    }
                },
                "relay-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
