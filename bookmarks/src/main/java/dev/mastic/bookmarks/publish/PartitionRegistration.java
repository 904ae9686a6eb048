package dev.mastic.bookmarks.publish;

import dev.mastic.bookmarks.StagedOutput;
import dev.mastic.bookmarks.StagedOutput.Placement;
import dev.mastic.bookmarks.StagedOutput.TableFiles;
import dev.mastic.bookmarks.StagedOutput.TableRegistration;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchUpdatePartitionRequestEntry;
import software.amazon.awssdk.services.glue.model.ErrorDetail;
import software.amazon.awssdk.services.glue.model.GetPartitionsRequest;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The partitions of an output: added, moved to the new files, or dropped. Repeating it changes nothing. */
final class PartitionRegistration {
    private static final int MOST_OF_A_REQUEST = 100;
    private static final int MOST_TO_GET = 1000;
    private static final int MOST_TO_DELETE = 25;

    private final GlueClient catalog;

    PartitionRegistration(GlueClient catalog) {
        this.catalog = catalog;
    }

    /** A partition that is registered at another place would hide the rows that this output adds. */
    List<String> elsewhere(TableRegistration wanted, TableFiles files, StagedOutput output) {
        Map<List<String>, String> locations = locations(output);
        if (wanted.partitionKeys().isEmpty() || locations.isEmpty() || files.placement() != Placement.ADD) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        for (List<List<String>> values : batches(List.copyOf(locations.keySet()), MOST_TO_GET)) {
            List<PartitionValueList> asked = values.stream()
                    .map(key -> PartitionValueList.builder().values(key).build())
                    .toList();
            catalog.batchGetPartition(request -> request.databaseName(wanted.database())
                            .tableName(wanted.table())
                            .partitionsToGet(asked))
                    .partitions()
                    .forEach(partition -> {
                        String registered = partition.storageDescriptor() == null
                                ? null
                                : partition.storageDescriptor().location();
                        String location = locations.get(partition.values());
                        if (registered != null
                                && location != null
                                && !TableFit.folder(registered).equals(TableFit.folder(location))) {
                            problems.add("Partition " + partition.values() + " of table " + wanted.database() + "."
                                    + wanted.table() + " is at " + registered + ", and the output at " + location
                                    + ": drop or move the partition, or register another table");
                        }
                    });
        }
        return problems;
    }

    void register(TableRegistration wanted, TableFiles files, StagedOutput output, Table table) {
        if (wanted.partitionKeys().isEmpty()) {
            return;
        }
        Map<List<String>, PartitionInput> inputs = new LinkedHashMap<>();
        Map<String, String> parameters =
                Map.of("classification", TableStorage.of(files.format()).classification(), "typeOfData", "file");
        locations(output)
                .forEach((values, location) -> inputs.put(
                        values,
                        PartitionInput.builder()
                                .values(values)
                                .storageDescriptor(TableFit.storageOf(table).toBuilder()
                                        .location(location)
                                        .build())
                                .parameters(parameters)
                                .build()));
        List<PartitionInput> present = created(wanted, List.copyOf(inputs.values()), inputs);
        if (files.placement() != Placement.ADD) {
            move(wanted, present);
        }
        if (files.placement() == Placement.REPLACE_TABLE) {
            dropOthers(wanted, inputs.keySet());
        }
    }

    /** Creates partitions, and answers with those that are there already. */
    private List<PartitionInput> created(
            TableRegistration wanted, List<PartitionInput> inputs, Map<List<String>, PartitionInput> byValues) {
        List<PartitionInput> present = new ArrayList<>();
        for (List<PartitionInput> batch : batches(inputs, MOST_OF_A_REQUEST)) {
            catalog.batchCreatePartition(request -> request.databaseName(wanted.database())
                            .tableName(wanted.table())
                            .partitionInputList(batch))
                    .errors()
                    .forEach(error -> {
                        PartitionInput input = byValues.get(error.partitionValues());
                        if (input == null || !error.errorDetail().errorCode().equals("AlreadyExistsException")) {
                            throw failed("added", wanted, error.partitionValues(), error.errorDetail());
                        }
                        present.add(input);
                    });
        }
        return present;
    }

    private void move(TableRegistration wanted, List<PartitionInput> inputs) {
        for (List<PartitionInput> batch : batches(inputs, MOST_OF_A_REQUEST)) {
            List<BatchUpdatePartitionRequestEntry> entries = batch.stream()
                    .map(input -> BatchUpdatePartitionRequestEntry.builder()
                            .partitionValueList(input.values())
                            .partitionInput(input)
                            .build())
                    .toList();
            catalog.batchUpdatePartition(request -> request.databaseName(wanted.database())
                            .tableName(wanted.table())
                            .entries(entries))
                    .errors()
                    .forEach(error -> {
                        throw failed("moved", wanted, error.partitionValueList(), error.errorDetail());
                    });
        }
    }

    private void dropOthers(TableRegistration wanted, Set<List<String>> kept) {
        Set<List<String>> others = new HashSet<>();
        catalog.getPartitionsPaginator(GetPartitionsRequest.builder()
                        .databaseName(wanted.database())
                        .tableName(wanted.table())
                        .excludeColumnSchema(true)
                        .build())
                .forEach(page -> page.partitions().forEach(partition -> {
                    if (!kept.contains(partition.values())) {
                        others.add(List.copyOf(partition.values()));
                    }
                }));
        for (List<List<String>> values : batches(List.copyOf(others), MOST_TO_DELETE)) {
            List<PartitionValueList> dropped = values.stream()
                    .map(key -> PartitionValueList.builder().values(key).build())
                    .toList();
            catalog.batchDeletePartition(request -> request.databaseName(wanted.database())
                            .tableName(wanted.table())
                            .partitionsToDelete(dropped))
                    .errors()
                    .forEach(error -> {
                        if (!error.errorDetail().errorCode().equals("EntityNotFoundException")) {
                            throw failed("dropped", wanted, error.partitionValues(), error.errorDetail());
                        }
                    });
        }
    }

    private static Publisher.PublicationException failed(
            String verb, TableRegistration wanted, List<String> values, ErrorDetail detail) {
        return new Publisher.PublicationException("Partition " + values + " of table " + wanted.database() + "."
                + wanted.table() + " could not be " + verb + ": " + detail.errorCode() + ": "
                + detail.errorMessage());
    }

    private static Map<List<String>, String> locations(StagedOutput output) {
        Map<List<String>, String> locations = new LinkedHashMap<>();
        output.uploads()
                .forEach(upload -> locations.putIfAbsent(
                        upload.partitionValues(),
                        "s3://" + upload.bucket() + "/"
                                + upload.key().substring(0, upload.key().lastIndexOf('/') + 1)));
        return locations;
    }

    private static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }
}
