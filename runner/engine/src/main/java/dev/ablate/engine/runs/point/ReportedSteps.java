package dev.ablate.engine.runs.point;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps of one attempt that were reported and are not yet written. One thread at a time. */
public final class ReportedSteps {

    private List<Stretch> stretches = new ArrayList<>();
    private @Nullable Stretch last;
    private int points;

    /** The last step of each series, but of those in the last stretch. */
    private final Map<String, Long> reached = new HashMap<>();

    /**
     * Adds a step.
     *
     * @throws IllegalArgumentException if a value is not finite, or its series has come as far before
     */
    public void add(long step, long time, Map<String, Double> values) {
        values.forEach((name, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " is not finite at " + step + ": " + value);
            }
        });
        if (values.isEmpty()) {
            return;
        }
        Stretch there = last;
        if (there == null || !there.isOf(values.keySet())) {
            leaveLast();
            values.keySet().forEach(name -> requireAbove(name, step, reached.getOrDefault(name, Long.MIN_VALUE)));
            there = new Stretch(values.keySet());
            stretches.add(there);
            last = there;
        } else {
            requireAbove(there.names().get(0), step, there.lastStep());
        }
        there.add(step, time, values.values());
        points += values.size();
    }

    private static void requireAbove(String name, long step, long before) {
        if (step <= before) {
            throw new IllegalArgumentException(name + " came at step " + step + ", after step " + before);
        }
    }

    private void leaveLast() {
        Stretch left = last;
        if (left != null) {
            left.names().forEach(name -> reached.put(name, left.lastStep()));
            last = null;
        }
    }

    /** How many points there are. */
    public int points() {
        return points;
    }

    /** Takes all of them out. */
    public List<Stretch> take() {
        leaveLast();
        List<Stretch> taken = stretches;
        stretches = new ArrayList<>();
        points = 0;
        return taken;
    }
}
