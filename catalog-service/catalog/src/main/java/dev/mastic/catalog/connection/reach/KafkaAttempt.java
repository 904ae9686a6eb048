package dev.mastic.catalog.connection.reach;

import dev.mastic.catalog.connection.reach.ConnectionProbe.Attempt;
import dev.mastic.catalog.connection.reach.ConnectionProbe.Target;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opens a TCP connection to one of the bootstrap servers, as a client of Kafka needs one of them. */
final class KafkaAttempt implements Attempt {
    @Override
    public void run(Target target) throws IOException {
        List<Address> servers = new ArrayList<>();
        String list = target.property("KAFKA_BOOTSTRAP_SERVERS");
        for (String server : list == null ? List.<String>of() : Arrays.asList(list.split(",", -1))) {
            int colon = server.lastIndexOf(':');
            servers.add(Address.of(
                    colon < 0 ? server : server.substring(0, colon), colon < 0 ? null : server.substring(colon + 1)));
        }
        List<String> failures = new ArrayList<>();
        for (Address server : servers) {
            try {
                server.connect();
                return;
            } catch (IOException e) {
                failures.add(e.getMessage());
            }
        }
        throw new IOException("none of the bootstrap servers answers: " + String.join(", ", failures));
    }
}
