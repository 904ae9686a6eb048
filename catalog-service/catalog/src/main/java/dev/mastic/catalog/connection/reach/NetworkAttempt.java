package dev.mastic.catalog.connection.reach;

import dev.mastic.catalog.connection.reach.ConnectionProbe.Attempt;
import dev.mastic.catalog.connection.reach.ConnectionProbe.Target;

import java.io.IOException;

/** Opens a TCP connection to the host that a network connection names. */
final class NetworkAttempt implements Attempt {
    @Override
    public void run(Target target) throws IOException {
        String host = target.property("HOST");
        if (host == null) {
            throw new IOException("it names no HOST and PORT that could be tried");
        }
        Address.of(host, target.property("PORT")).connect();
    }
}
