package dev.ablate.engine.plan;

import dev.ablate.core.data.Dataset;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.worker.prepare.RowGroups;
import dev.ablate.worker.text.Phrases;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Data in which a column says which rows stay together: made once, however many cells use them. */
public final class GroupedData {

    private final IdentityHashMap<Dataset, Map<String, Dataset>> grouped = new IdentityHashMap<>();

    /** A dataset as a split needs it; empty where something stands in the way, which is reported. */
    public Optional<Dataset> of(Dataset data, Optional<Spec.Split> split, Problems problems) {
        Optional<Spec.Word> column = split.flatMap(Spec.Split::group);
        if (column.isEmpty()) {
            return Optional.of(data);
        }
        Map<String, Dataset> known = grouped.computeIfAbsent(data, none -> new TreeMap<>());
        Dataset found = known.get(column.get().text());
        if (found == null) {
            Problems own = new Problems();
            found = of(data, split.get(), column.get(), own);
            own.all().forEach(problems::add);
            if (own.hasErrors()) {
                return Optional.empty();
            }
            known.put(column.get().text(), found);
        }
        return Optional.of(found);
    }

    private static Dataset of(Dataset data, Spec.Split split, Spec.Word column, Problems problems) {
        List<String> features = data.schema().featureNames();
        if (column.text().equals(data.target())) {
            problems.add(Problem.error(column.at(), "data.split.group: '" + column.text() + "' is the target")
                    .suggesting("name the column of what rows have in common, such as a person or a day"));
            return data;
        }
        if (!features.contains(column.text())) {
            problems.add(Suggestion.unknown(
                    column.at(), "data.split.group: no column", column.text(), Suggestion.there(features), features));
            return data;
        }
        if (features.size() == 1) {
            problems.add(Problem.error(
                            column.at(),
                            "data.split.group: '" + column.text() + "' is the only feature, and no model sees it then")
                    .suggesting("leave it out, or use data with further columns"));
            return data;
        }
        Dataset grouped = data.grouping(column.text());
        try {
            int groups = (int) Arrays.stream(RowGroups.of(grouped)).distinct().count();
            int parts = split.folds() > 0 ? split.folds() : 2;
            int needed = parts + (split.validation() > 0 ? 1 : 0);
            if (groups < needed) {
                problems.add(Problem.error(
                                column.at(),
                                "data.split.group: '" + column.text() + "' has "
                                        + Phrases.counted(groups, "group") + ", and "
                                        + (split.folds() > 0
                                                ? split.folds() + " folds"
                                                        + (split.validation() > 0 ? " and a validation part" : "")
                                                : needed + " parts")
                                        + " need at least " + needed)
                        .suggesting(
                                split.folds() > 0
                                        ? "write fewer folds, or leave out data.split.group"
                                        : "leave out data.split.group, or use data with more groups"));
            }
        } catch (IllegalStateException e) {
            problems.add(Problem.error(
                            column.at(),
                            "data.split.group: " + e.getMessage() + ": '" + column.text() + "' is missing there")
                    .suggesting("give every row a group, or name another column"));
        }
        return grouped;
    }
}
