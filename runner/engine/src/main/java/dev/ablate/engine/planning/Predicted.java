package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.text.Phrases;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The features of a row to predict: those of the spec before variants and sweep. */
final class Predicted {

    private final Spec spec;
    private final Optional<Setting> setting;
    private final Set<List<String>> found = new LinkedHashSet<>();

    Predicted(Spec spec) {
        this.spec = spec;
        this.setting = spec.origins().stream()
                .filter(leaf -> leaf.path().equals("data.features"))
                .findFirst();
    }

    /** Those of a cell's data; empty if they cannot be used, which is reported, as rows of another width are. */
    Optional<List<String>> in(Dataset data, Problems problems) {
        Optional<List<String>> features = new FeatureChoice(data).of(setting, problems);
        features.ifPresent(names -> {
            found.add(names);
            for (Spec.Row row : spec.predict()) {
                if (row.values().size() != names.size()) {
                    problems.add(Problem.error(
                            row.at(),
                            "a row to predict has "
                                    + Phrases.counted(row.values().size(), "value") + " for "
                                    + Phrases.counted(names.size(), "feature") + ": " + String.join(", ", names)));
                }
            }
        });
        return features;
    }

    /** Reports rows that would mean one thing in one cell and another in the next. */
    void refuseDifferent(Problems problems) {
        if (found.size() > 1 && !spec.predict().isEmpty()) {
            List<List<String>> features = List.copyOf(found);
            problems.add(Problem.error(
                            spec.predict().get(0).at(),
                            "the values of a row to predict are " + String.join(", ", features.get(0))
                                    + " in one cell and " + String.join(", ", features.get(1)) + " in another")
                    .suggesting("name those that all have under data.features, or leave out predict"));
        }
    }

    /** Those of the first cell; only if nothing is wrong. */
    List<String> features() {
        return found.iterator().next();
    }
}
