package dev.mastic.crawler.partition;

import dev.mastic.crawler.partition.TablePlan.Rejected;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What speaks for a table, and what spoke for others.
 *
 * @param confidence 0 to 1
 */
record Evidence(double confidence, List<String> reasons, List<Rejected> rejected) {
    /** Before anything was decided. */
    static final Evidence NONE = new Evidence(1, List.of(), List.of());

    private static final int MOST_REJECTED = 20;

    Evidence {
        reasons = List.copyOf(reasons);
        rejected = List.copyOf(rejected);
    }

    /** One reason more, put first, because it is of a level further up; the factor is what it leaves of the confidence. */
    Evidence because(String reason, double factor) {
        List<String> all = new ArrayList<>();
        all.add(reason);
        all.addAll(reasons);
        return new Evidence(confidence * factor, all, rejected);
    }

    Evidence instead(String alternative, String reason) {
        if (rejected.size() == MOST_REJECTED) {
            return this;
        }
        List<Rejected> all = new ArrayList<>(rejected);
        all.add(new Rejected(alternative, reason));
        return new Evidence(confidence, reasons, all);
    }

    /** Of several that become one: the least confidence, the reasons of the first, every alternative once. */
    static Evidence of(List<Evidence> parts) {
        double least = parts.stream().mapToDouble(Evidence::confidence).min().orElse(1);
        Set<Rejected> rejected = new LinkedHashSet<>();
        for (Evidence part : parts) {
            if (rejected.size() < MOST_REJECTED) {
                rejected.addAll(part.rejected());
            }
        }
        return new Evidence(
                least,
                parts.get(0).reasons(),
                rejected.stream().limit(MOST_REJECTED).toList());
    }
}
