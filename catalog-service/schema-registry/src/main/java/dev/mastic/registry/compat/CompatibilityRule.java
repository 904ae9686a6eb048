package dev.mastic.registry.compat;

import software.amazon.awssdk.services.glue.model.Compatibility;

import java.util.ArrayList;
import java.util.List;

/**
 * What a compatibility mode asks of a new version. BACKWARD: readers of the new version read what the old one wrote;
 * FORWARD: readers of the old version read what the new one writes; FULL: both. Without _ALL the old version is the last
 * one, with it every version from the checkpoint on.
 */
public final class CompatibilityRule {
    private CompatibilityRule() {}

    /** Which of the older versions a new one is compared with. */
    public enum Scope {
        /** None: everything goes. */
        NONE,
        /** The last available version. */
        LAST,
        /** All available versions from the checkpoint on. */
        SINCE_CHECKPOINT
    }

    /** Which older versions a mode compares with. DISABLED allows no new versions, so that it never comes to a comparison. */
    public static Scope scope(Compatibility mode) {
        return switch (mode) {
            case NONE, DISABLED, UNKNOWN_TO_SDK_VERSION -> Scope.NONE;
            case BACKWARD, FORWARD, FULL -> Scope.LAST;
            case BACKWARD_ALL, FORWARD_ALL, FULL_ALL -> Scope.SINCE_CHECKPOINT;
        };
    }

    /**
     * Why a new version breaks a mode.
     *
     * @return one text for each reason; empty when it is compatible
     */
    public static <M> List<String> violations(SchemaFormat<M> format, Compatibility mode, M newer, M older) {
        List<String> violations = new ArrayList<>();
        if (scope(mode) == Scope.NONE) {
            return violations;
        }
        boolean backward = switch (mode) {
            case BACKWARD, BACKWARD_ALL, FULL, FULL_ALL -> true;
            case FORWARD, FORWARD_ALL, NONE, DISABLED, UNKNOWN_TO_SDK_VERSION -> false;
        };
        boolean forward = switch (mode) {
            case FORWARD, FORWARD_ALL, FULL, FULL_ALL -> true;
            case BACKWARD, BACKWARD_ALL, NONE, DISABLED, UNKNOWN_TO_SDK_VERSION -> false;
        };
        if (backward) {
            format.unreadable(newer, older).forEach(reason -> violations.add("not backward compatible: " + reason));
        }
        if (forward) {
            format.unreadable(older, newer).forEach(reason -> violations.add("not forward compatible: " + reason));
        }
        violations.addAll(format.breaches(newer, older));
        return violations;
    }
}
