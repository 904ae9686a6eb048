package dev.mastic.orchestration.trigger;

import dev.mastic.orchestration.paging.Page;
import dev.mastic.orchestration.run.RunStarter;
import dev.mastic.wire.tag.Tags;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.BatchGetTriggersRequest;
import software.amazon.awssdk.services.glue.model.BatchGetTriggersResponse;
import software.amazon.awssdk.services.glue.model.CreateTriggerRequest;
import software.amazon.awssdk.services.glue.model.CreateTriggerResponse;
import software.amazon.awssdk.services.glue.model.DeleteTriggerRequest;
import software.amazon.awssdk.services.glue.model.DeleteTriggerResponse;
import software.amazon.awssdk.services.glue.model.GetTriggerRequest;
import software.amazon.awssdk.services.glue.model.GetTriggerResponse;
import software.amazon.awssdk.services.glue.model.GetTriggersRequest;
import software.amazon.awssdk.services.glue.model.GetTriggersResponse;
import software.amazon.awssdk.services.glue.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.ListTriggersRequest;
import software.amazon.awssdk.services.glue.model.ListTriggersResponse;
import software.amazon.awssdk.services.glue.model.StartTriggerRequest;
import software.amazon.awssdk.services.glue.model.StartTriggerResponse;
import software.amazon.awssdk.services.glue.model.StopTriggerRequest;
import software.amazon.awssdk.services.glue.model.StopTriggerResponse;
import software.amazon.awssdk.services.glue.model.Trigger;
import software.amazon.awssdk.services.glue.model.TriggerState;
import software.amazon.awssdk.services.glue.model.TriggerType;
import software.amazon.awssdk.services.glue.model.UpdateTriggerRequest;
import software.amazon.awssdk.services.glue.model.UpdateTriggerResponse;

import java.util.List;
import java.util.Map;

/**
 * Glue's operations on triggers of the types EVENT and ON_DEMAND. An EVENT trigger sees the events that arrive while it
 * is ACTIVATED; those that wait when it is stopped start their run when it is started again. Thread-safe.
 */
public final class TriggerOperations implements GlueClient {
    private final Jdbi jdbi;
    private final RunStarter starter;
    private final TriggerStore triggers = new TriggerStore();
    private final Runnable changed;

    /** @param changed called when a run was queued or a trigger was started */
    public TriggerOperations(Jdbi jdbi, RunStarter starter, Runnable changed) {
        this.jdbi = jdbi;
        this.starter = starter;
        this.changed = changed;
    }

    @Override
    public CreateTriggerResponse createTrigger(CreateTriggerRequest request) {
        Trigger trigger = TriggerDefinition.of(request);
        String tags = Tags.column(request.tags());
        jdbi.useTransaction(handle -> {
            if (!triggers.insert(handle, trigger, tags)
                    && !triggers.find(handle, trigger.name())
                            .map(before ->
                                    before.toBuilder().state(trigger.state()).build())
                            .equals(java.util.Optional.of(trigger))) {
                throw IdempotentParameterMismatchException.builder()
                        .message("Trigger already submitted with different configuration: " + trigger.name()
                                + ". Use UpdateTrigger to change it")
                        .build();
            }
        });
        return CreateTriggerResponse.builder().name(trigger.name()).build();
    }

    @Override
    public UpdateTriggerResponse updateTrigger(UpdateTriggerRequest request) {
        String name = required(request.name());
        if (request.triggerUpdate() == null) {
            throw InvalidInputException.builder()
                    .message("TriggerUpdate is missing")
                    .build();
        }
        Trigger updated = jdbi.<Trigger, RuntimeException>inTransaction(handle -> {
            Trigger before = triggers.lock(handle, name).orElseThrow(() -> TriggerStore.notFound(name));
            Trigger after = TriggerDefinition.of(before, request.triggerUpdate());
            triggers.replace(handle, after);
            return after;
        });
        changed.run();
        return UpdateTriggerResponse.builder().trigger(updated).build();
    }

    @Override
    public DeleteTriggerResponse deleteTrigger(DeleteTriggerRequest request) {
        String name = required(request.name());
        jdbi.useHandle(handle -> triggers.delete(handle, name));
        return DeleteTriggerResponse.builder().name(name).build();
    }

    @Override
    public GetTriggerResponse getTrigger(GetTriggerRequest request) {
        String name = required(request.name());
        Trigger trigger = jdbi.<Trigger, RuntimeException>withHandle(
                handle -> triggers.find(handle, name).orElseThrow(() -> TriggerStore.notFound(name)));
        return GetTriggerResponse.builder().trigger(trigger).build();
    }

    @Override
    public GetTriggersResponse getTriggers(GetTriggersRequest request) {
        Page<Trigger> page = page(request.dependentJobName(), Map.of(), request.maxResults(), request.nextToken());
        return GetTriggersResponse.builder()
                .triggers(page.items())
                .nextToken(page.nextToken())
                .build();
    }

    @Override
    public ListTriggersResponse listTriggers(ListTriggersRequest request) {
        Page<Trigger> page =
                page(request.dependentJobName(), request.tags(), request.maxResults(), request.nextToken());
        return ListTriggersResponse.builder()
                .triggerNames(page.items().stream().map(Trigger::name).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private Page<Trigger> page(
            @Nullable String job, Map<String, String> tags, @Nullable Integer maxResults, @Nullable String token) {
        return jdbi.<Page<Trigger>, RuntimeException>withHandle(
                handle -> triggers.list(handle, job, tags, maxResults, token));
    }

    @Override
    public BatchGetTriggersResponse batchGetTriggers(BatchGetTriggersRequest request) {
        List<String> names = request.triggerNames();
        List<Trigger> found =
                jdbi.<List<Trigger>, RuntimeException>withHandle(handle -> triggers.findAll(handle, names));
        List<String> foundNames = found.stream().map(Trigger::name).toList();
        return BatchGetTriggersResponse.builder()
                .triggers(found)
                .triggersNotFound(names.stream()
                        .distinct()
                        .filter(name -> !foundNames.contains(name))
                        .toList())
                .build();
    }

    @Override
    public StartTriggerResponse startTrigger(StartTriggerRequest request) {
        String name = required(request.name());
        jdbi.useTransaction(handle -> {
            Trigger trigger = triggers.lock(handle, name).orElseThrow(() -> TriggerStore.notFound(name));
            if (trigger.type() == TriggerType.ON_DEMAND) {
                trigger.actions()
                        .forEach(action ->
                                starter.start(handle, TriggerFiring.run(action), new RunStarter.Origin(name, false)));
            } else {
                triggers.replace(
                        handle,
                        trigger.toBuilder().state(TriggerState.ACTIVATED).build());
            }
        });
        RunStarter.queued();
        changed.run();
        return StartTriggerResponse.builder().name(name).build();
    }

    @Override
    public StopTriggerResponse stopTrigger(StopTriggerRequest request) {
        String name = required(request.name());
        jdbi.useTransaction(handle -> {
            Trigger trigger = triggers.lock(handle, name).orElseThrow(() -> TriggerStore.notFound(name));
            if (trigger.type() == TriggerType.ON_DEMAND) {
                throw InvalidInputException.builder()
                        .message("Trigger " + name + " is of type ON_DEMAND and cannot be stopped: stop its runs")
                        .build();
            }
            triggers.replace(
                    handle, trigger.toBuilder().state(TriggerState.DEACTIVATED).build());
        });
        return StopTriggerResponse.builder().name(name).build();
    }

    private static String required(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw InvalidInputException.builder().message("Name is missing").build();
        }
        return name;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing that must be closed.
    }
}
