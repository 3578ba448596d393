package dev.ablate.engine.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.Option;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.worker.catalog.OptionsRecord;
import dev.ablate.worker.catalog.OptionsRecord.Field;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The defaults of an options record, read as they would be read from a spec. */
final class Defaults {

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Map<Task, Object>> byTask = new HashMap<>();

    /**
     * Reads them.
     *
     * @throws dev.ablate.worker.catalog.PluginException if one is not what a spec could give
     */
    Defaults(OptionsRecord record) {
        for (Field field : record.fields()) {
            String fallback = field.option().fallback();
            if (!fallback.isEmpty()) {
                values.put(field.name(), read(field, fallback));
            }
            Map<Task, Object> others = new EnumMap<>(Task.class);
            for (Option.ForTask other : field.option().byTask()) {
                others.put(other.task(), read(field, other.fallback()));
            }
            byTask.put(field.name(), others);
        }
    }

    /** What holds where nobody gives the option; of one that is not required. */
    Object of(Field field, Optional<Task> task) {
        return task.map(byTask.getOrDefault(field.name(), Map.of())::get)
                .or(() -> Optional.ofNullable(values.get(field.name())))
                .orElseThrow();
    }

    private static Object read(Field field, String text) {
        Problems problems = new Problems();
        Optional<Node> node = NodeReader.read("fallback", text, problems);
        Optional<Object> value = node.flatMap(
                read -> WrittenValue.read(field.type(), Reading.of(read, field.name(), problems), field.range()));
        if (value.isPresent() && !problems.hasErrors()) {
            return value.get();
        }
        String reasons = problems.all().stream().map(Problem::message).collect(Collectors.joining("; "));
        throw field.fault("has the fallback " + Problem.quoted(text) + ", which " + reasons);
    }
}
