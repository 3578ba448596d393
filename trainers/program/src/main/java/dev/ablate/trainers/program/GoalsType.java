package dev.ablate.trainers.program;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A map of metrics to goals. */
final class GoalsType implements OptionType<Goals> {

    private static final List<String> WORDS = List.of("minimize", "maximize");

    @Override
    public String words() {
        return "{ METRIC: minimize | maximize, ... }";
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
                    entry.word(WORDS).ifPresent(word -> goals.put(name, goal(word)));
                }
            });
            return goals.size() == entries.size() ? Optional.of(new Goals(goals)) : Optional.empty();
        });
    }

    private static Goal goal(String word) {
        return Goal.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public Object write(Goals metrics) {
        Map<String, Object> written = new LinkedHashMap<>();
        metrics.goals().forEach((name, goal) -> written.put(name, goal.name().toLowerCase(Locale.ROOT)));
        return written;
    }
}
