package dev.ablate.trainers.program;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A map of metrics to goals. */
final class GoalsType implements OptionType<Goals> {

    @Override
    public String words() {
        return "{ METRIC: minimize | maximize | min | max, ... }";
    }

    @Override
    public Optional<Goals> read(OptionValue value) {
        return value.entries().flatMap(entries -> {
            Map<String, Goal> goals = new LinkedHashMap<>();
            Map<String, String> names = new HashMap<>();
            entries.forEach((name, entry) -> {
                String metric = Goals.metric(name);
                String other = names.put(metric, name);
                if (!metric.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
                    entry.refuse("must have a name that begins with a letter, got '" + name + "'");
                } else if (other != null) {
                    entry.refuse(
                            "must have a name of its own: '" + name + "' and '" + other + "' would both be " + metric);
                } else {
                    entry.word(Goal.WORDS).flatMap(Goal::of).ifPresent(goal -> goals.put(name, goal));
                }
            });
            return goals.size() == entries.size() ? Optional.of(new Goals(goals)) : Optional.empty();
        });
    }

    @Override
    public Object write(Goals metrics) {
        Map<String, Object> written = new LinkedHashMap<>();
        metrics.goals().forEach((name, goal) -> written.put(name, goal.word()));
        return written;
    }
}
