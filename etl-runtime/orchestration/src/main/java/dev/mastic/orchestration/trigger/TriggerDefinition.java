package dev.mastic.orchestration.trigger;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.Action;
import software.amazon.awssdk.services.glue.model.CreateTriggerRequest;
import software.amazon.awssdk.services.glue.model.EventBatchingCondition;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Trigger;
import software.amazon.awssdk.services.glue.model.TriggerState;
import software.amazon.awssdk.services.glue.model.TriggerType;
import software.amazon.awssdk.services.glue.model.TriggerUpdate;

import java.util.List;

/** What a trigger must be, and what it is by default. */
final class TriggerDefinition {
    private static final int LARGEST_BATCH = 100;
    private static final int LONGEST_WINDOW_SECONDS = 900;

    private TriggerDefinition() {}

    static Trigger of(CreateTriggerRequest request) {
        boolean active = request.type() == TriggerType.EVENT && Boolean.TRUE.equals(request.startOnCreation());
        if (request.workflowName() != null) {
            throw invalid("WorkflowName is '" + request.workflowName()
                    + "'; workflows are not supported yet: leave it out, an EVENT trigger needs none here");
        }
        if (request.type() == TriggerType.ON_DEMAND && Boolean.TRUE.equals(request.startOnCreation())) {
            throw invalid("StartOnCreation is not for triggers of type ON_DEMAND: use StartTrigger");
        }
        refuse(request.schedule(), request.predicate());
        return checked(Trigger.builder()
                .name(request.name())
                .type(request.type())
                .state(active ? TriggerState.ACTIVATED : TriggerState.CREATED)
                .description(request.description())
                .actions(request.actions())
                .eventBatchingCondition(request.eventBatchingCondition())
                .build());
    }

    /** The trigger as an update leaves it; as in Glue, what the update does not name is gone. */
    static Trigger of(Trigger before, TriggerUpdate update) {
        refuse(update.schedule(), update.predicate());
        return checked(Trigger.builder()
                .name(before.name())
                .type(before.type())
                .state(before.state())
                .description(update.description())
                .actions(update.actions())
                .eventBatchingCondition(update.eventBatchingCondition())
                .build());
    }

    private static void refuse(@Nullable String schedule, @Nullable Object predicate) {
        if (schedule != null) {
            throw invalid("Schedule is '" + schedule + "'; triggers of type SCHEDULED are not supported yet");
        }
        if (predicate != null) {
            throw invalid("Predicate is given; triggers of type CONDITIONAL are not supported yet");
        }
    }

    private static Trigger checked(Trigger trigger) {
        if (trigger.name() == null || trigger.name().isBlank()) {
            throw invalid("Name is missing");
        }
        if (trigger.type() != TriggerType.EVENT && trigger.type() != TriggerType.ON_DEMAND) {
            throw invalid(
                    "Type is '" + trigger.typeAsString() + "', which is not supported yet: use EVENT or ON_DEMAND");
        }
        List<Action> actions = trigger.actions();
        if (actions.isEmpty()) {
            throw invalid("Trigger " + trigger.name() + " has no action: name the job to start");
        }
        for (Action action : actions) {
            if (action.jobName() == null || action.crawlerName() != null) {
                throw invalid("Trigger " + trigger.name()
                        + " has an action without JobName, or with CrawlerName: only jobs are supported yet");
            }
        }
        if (trigger.type() == TriggerType.EVENT) {
            checkEvent(trigger);
        } else if (trigger.eventBatchingCondition() != null) {
            throw invalid("EventBatchingCondition is for triggers of type EVENT, not " + trigger.typeAsString());
        }
        return trigger;
    }

    private static void checkEvent(Trigger trigger) {
        if (trigger.actions().size() != 1) {
            throw invalid("Trigger " + trigger.name() + " of type EVENT has "
                    + trigger.actions().size() + " actions: use one trigger for each job");
        }
        EventFilter.of(trigger.name(), trigger.actions().get(0).arguments());
        if (batchSize(trigger) < 1 || batchSize(trigger) > LARGEST_BATCH) {
            throw invalid("BatchSize is " + batchSize(trigger) + "; use 1 to " + LARGEST_BATCH);
        }
        if (batchWindowSeconds(trigger) < 1 || batchWindowSeconds(trigger) > LONGEST_WINDOW_SECONDS) {
            throw invalid("BatchWindow is " + batchWindowSeconds(trigger) + " s; use 1 to " + LONGEST_WINDOW_SECONDS);
        }
    }

    /** How many events make a trigger fire at once. */
    static int batchSize(Trigger trigger) {
        EventBatchingCondition condition = trigger.eventBatchingCondition();
        return condition == null || condition.batchSize() == null ? 1 : condition.batchSize();
    }

    /** After how many seconds one event is enough. */
    static int batchWindowSeconds(Trigger trigger) {
        EventBatchingCondition condition = trigger.eventBatchingCondition();
        return condition == null || condition.batchWindow() == null ? LONGEST_WINDOW_SECONDS : condition.batchWindow();
    }

    private static InvalidInputException invalid(String message) {
        return InvalidInputException.builder().message(message).build();
    }
}
