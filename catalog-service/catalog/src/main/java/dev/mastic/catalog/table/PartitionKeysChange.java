package dev.mastic.catalog.table;

import org.hibernate.Session;
import software.amazon.awssdk.services.glue.model.Column;

import java.util.List;

/** Brings what depends on a table's partition keys in line when an update changes them. */
@FunctionalInterface
public interface PartitionKeysChange {
    /** Called in the transaction of the update; nobody stores partitions of the table meanwhile. */
    void changed(Session session, TableEntity table, List<Column> before, List<Column> after);
}
