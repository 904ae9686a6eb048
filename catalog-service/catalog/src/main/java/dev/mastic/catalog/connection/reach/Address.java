package dev.mastic.catalog.connection.reach;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A host and a port of it. */
record Address(String host, int port) {
    private static final int MILLIS_TO_CONNECT = 4_000;
    private static final int LARGEST_PORT = 65_535;

    static Address of(String host, @Nullable String port) throws IOException {
        try {
            int number = Integer.parseInt(String.valueOf(port).trim());
            if (number > 0 && number <= LARGEST_PORT && !host.isBlank()) {
                return new Address(host.trim(), number);
            }
        } catch (NumberFormatException e) {
            throw new IOException("'" + port + "' of " + host + " is no port", e);
        }
        throw new IOException("'" + host + ":" + port + "' is no host and port");
    }

    /** Opens a TCP connection and closes it. */
    void connect() throws IOException {
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (address.isUnresolved()) {
                throw new IOException("the host " + host + " is not known");
            }
            socket.connect(address, MILLIS_TO_CONNECT);
        } catch (IOException e) {
            throw new IOException(host + ":" + port + " (" + e.getMessage() + ")", e);
        }
    }
}
