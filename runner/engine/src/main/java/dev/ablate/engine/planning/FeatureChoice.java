package dev.ablate.engine.planning;

import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which features of the data are used: names looked up, and what is not there reported. */
final class FeatureChoice {

    private final Dataset data;

    FeatureChoice(Dataset data) {
        this.data = data;
    }

    /** All features, or those that a setting lists; empty if it cannot be used, which was reported. */
    Optional<List<String>> of(Optional<Setting> setting, Problems problems) {
        List<String> there = data.schema().featureNames();
        if (setting.isEmpty()) {
            return Optional.of(there);
        }
        List<String> chosen = new ArrayList<>();
        List<Reading> items = items(setting.get());
        for (Reading item : items) {
            Optional<String> name = item.text();
            if (name.filter(there::contains).isPresent()) {
                chosen.add(name.get());
            } else if (name.isPresent()) {
                problems.add(unknown(item, name.get(), there));
            }
        }
        // a list that is empty or not a list, an item that is not text, a name given twice: reported when the spec was
        // read
        boolean usable = !chosen.isEmpty()
                && chosen.size() == items.size()
                && chosen.stream().distinct().count() == chosen.size();
        return usable ? Optional.of(chosen) : Optional.empty();
    }

    /** Reports each feature of a variant that the rows to predict do not have. */
    void refuseMissing(Setting own, List<String> predicted, Problems problems) {
        for (Reading item : items(own)) {
            Optional<String> name = item.text().filter(data.schema().featureNames()::contains);
            if (name.isPresent() && !predicted.contains(name.get())) {
                problems.add(Problem.error(
                                item.node().at(),
                                "the rows to predict have no value for " + Problem.quoted(name.get()) + ": they have "
                                        + String.join(", ", predicted))
                        .suggesting("name it under data.features, or leave out predict"));
            }
        }
    }

    private Problem unknown(Reading item, String name, List<String> there) {
        if (name.equals("bias")) {
            return Problem.error(item.node().at(), "a feature may not be called 'bias'")
                    .suggesting("a trainer has a bias of its own: trainer.bias");
        }
        if (name.equals(data.target())) {
            return Problem.error(item.node().at(), Problem.quoted(name) + " is the target, which is predicted")
                    .suggesting(Suggestion.there(there));
        }
        boolean groups = data.schema().columns().stream()
                .anyMatch(column -> column.role() == Role.GROUP && column.name().equals(name));
        if (groups) {
            return Problem.error(
                            item.node().at(),
                            Problem.quoted(name)
                                    + " says which rows stay together (data.split.group), and no model sees it")
                    .suggesting(Suggestion.there(there));
        }
        return Suggestion.unknown(item.node().at(), "no feature", name, Suggestion.there(there), there);
    }

    private static List<Reading> items(Setting setting) {
        return Reading.of(setting, new Problems()).items().orElse(List.of());
    }
}
