package dev.ablate.engine.plan;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Column.Role;
import dev.ablate.core.data.Dataset;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.prepare.JoinedRows;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data whose test part is a file of its own, read as the other file is: joined once, however many cells use them. */
public final class TestFile {

    /** The option of a dataset that names its file. */
    private static final String FILE = "file";

    private final IdentityHashMap<Dataset, Map<Dataset, Dataset>> joined = new IdentityHashMap<>();

    /** The block of the dataset with the other file; empty where it reads none, which is reported. */
    public Optional<Block> block(Block dataset, Setting file, Problems problems) {
        if (!dataset.options().containsKey(FILE)) {
            problems.add(Problem.error(
                            file.keyAt(),
                            "data.split.test_file needs a dataset that reads a file, by its option 'file'")
                    .suggesting("write dataset: { plugin: table, file: ... }, or data.split.test: 0.2"));
            return Optional.empty();
        }
        Map<String, Setting> options = new LinkedHashMap<>(dataset.options());
        options.put(FILE, new Setting("dataset." + FILE, file.keyAt(), file.value(), Optional.empty()));
        return Optional.of(new Block(dataset.at(), dataset.plugin(), options));
    }

    /** Both files as one dataset; empty where their columns differ, which is reported. */
    public Optional<Dataset> join(Dataset data, Dataset test, Spec.Split split, Problems problems) {
        Setting file = split.testFile().orElseThrow();
        Problems own = new Problems();
        for (Column column : data.schema().columns()) {
            Optional<Column> other = test.schema().columns().stream()
                    .filter(candidate -> candidate.name().equals(column.name()))
                    .findFirst();
            if (other.isEmpty()) {
                own.add(Problem.error(file.value().at(), file.value() + " has no column '" + column.name() + "'")
                        .suggesting("give it the columns of the other file, or leave that one out: ignore: ["
                                + column.name() + "]"));
            } else {
                refuseOther(column, other.get(), file, own);
            }
        }
        own.all().forEach(problems::add);
        return own.hasErrors()
                ? Optional.empty()
                : Optional.of(joined.computeIfAbsent(data, none -> new IdentityHashMap<>())
                        .computeIfAbsent(test, none -> JoinedRows.of(data, test)));
    }

    private static void refuseOther(Column column, Column other, Setting file, Problems problems) {
        boolean categories = !column.categories().isEmpty();
        boolean target = column.role() == Role.TARGET;
        if (categories == other.categories().isEmpty()) {
            problems.add(Problem.error(
                            file.value().at(),
                            "'" + column.name() + "' holds " + what(!categories) + " in " + file.value() + ", and "
                                    + what(categories) + " in the rows to train on")
                    .suggesting(
                            target
                                    ? "write dataset.task, which holds for both"
                                    : "write dataset.columns: { " + column.name()
                                            + ": category }, which holds for both"));
        } else if (target) {
            List<String> unknown = other.categories().stream()
                    .filter(name -> !column.categories().contains(name))
                    .toList();
            if (!unknown.isEmpty()) {
                problems.add(Problem.error(
                                file.value().at(),
                                file.value() + " has the class " + String.join(", ", unknown) + " of '" + column.name()
                                        + "', which no row to train on has")
                        .suggesting("leave these rows out, or train on rows of that class"));
            }
        }
    }

    private static String what(boolean categories) {
        return categories ? "categories" : "numbers";
    }
}
