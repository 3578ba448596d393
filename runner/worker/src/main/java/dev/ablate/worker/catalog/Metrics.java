package dev.ablate.worker.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.metric.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Some metrics, in the order in which they are measured: those that come with the program, then those of others by name. */
public final class Metrics {

    /** None. */
    public static final Metrics NONE = new Metrics(List.of());

    private final List<BoundMetric> all;

    /** The same, those of one plugin together, so that it is called once for all of them. */
    private final List<List<BoundMetric>> byPlugin;

    public Metrics(List<BoundMetric> all) {
        this.all = List.copyOf(all);
        List<List<BoundMetric>> groups = new ArrayList<>();
        for (BoundMetric metric : all) {
            List<BoundMetric> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
            if (last.isEmpty() || last.get(0).from() != metric.from()) {
                last = new ArrayList<>();
                groups.add(last);
            }
            last.add(metric);
        }
        this.byPlugin = groups.stream().map(List::copyOf).toList();
    }

    /** All of them, in order. */
    public List<BoundMetric> all() {
        return all;
    }

    /** Those that make sense for a task. */
    public Metrics fitting(Task task) {
        return which(metric -> metric.fits(task));
    }

    /** Those of some kind. */
    public Metrics which(Predicate<BoundMetric> kind) {
        return new Metrics(all.stream().filter(kind).toList());
    }

    /** The metric of this name, which is without a part of the data. */
    public Optional<BoundMetric> find(String name) {
        return all.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /**
     * Measures all of them.
     *
     * @param names what each is called, in order
     * @param values gets the value of each that is defined, by what it is called; it may not be finite
     * @throws PluginException if a plugin throws anything
     */
    public void measure(Answers answers, List<String> names, Map<String, Double> values) {
        int from = 0;
        for (List<BoundMetric> group : byPlugin) {
            List<String> called = names.subList(from, from + group.size());
            from += group.size();
            Plugin plugin = group.get(0).from();
            if (plugin.comesWithProgram()) {
                measure(group, answers, called, values);
            } else {
                PluginCall.make(
                        plugin.loader(),
                        "the metrics of " + plugin.jar(),
                        () -> {
                            measure(group, answers, called, values);
                            return group;
                        },
                        e -> e instanceof PluginException known ? known : new PluginException(String.valueOf(e), e));
            }
        }
    }

    private static void measure(
            List<BoundMetric> group, Answers answers, List<String> called, Map<String, Double> values) {
        for (int i = 0; i < called.size(); i++) {
            OptionalDouble value = group.get(i).measure(answers);
            if (value.isPresent()) {
                values.put(called.get(i), value.getAsDouble());
            }
        }
    }
}
