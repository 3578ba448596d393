package dev.ablate.engine.planning;

import dev.ablate.core.data.Column;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Schema;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.prepare.Preparation;
import dev.ablate.worker.prepare.RowEncoding;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The features of a row to predict, those of the spec before variants and sweep, and the values of the rows. */
final class Predicted {

    private final Spec spec;
    private final Optional<Setting> setting;
    private final Set<List<Input>> found = new LinkedHashSet<>();

    /** The rows, if nothing is wrong with them. */
    private List<List<Double>> rows = List.of();

    /** A feature, and its categories; none of a number. */
    private record Input(String name, List<String> categories) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Input that && name.equals(that.name) && categories.equals(that.categories);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, categories);
        }
    }

    Predicted(Spec spec) {
        this.spec = spec;
        this.setting = spec.origins().stream()
                .filter(leaf -> leaf.path().equals("data.features"))
                .findFirst();
    }

    /** Those of a cell's data; empty if they cannot be used, which is reported, as rows are that do not fit them. */
    Optional<List<String>> in(Dataset data, Problems problems) {
        Optional<List<String>> features =
                data.isNone() ? Optional.of(List.of()) : new FeatureChoice(data).of(setting, problems);
        features.ifPresent(names -> {
            List<Input> inputs =
                    names.stream().map(name -> input(data.schema(), name)).toList();
            found.add(inputs);
            List<List<Double>> read = new ArrayList<>();
            for (int row = 0; row < spec.predict().size() && !data.isNone(); row++) {
                Optional<List<Double>> values =
                        row(spec.predict().get(row), row, inputs, data.known().isEmpty(), problems);
                values.ifPresent(read::add);
            }
            rows = read;
        });
        return features;
    }

    private static Input input(Schema schema, String name) {
        return new Input(
                name,
                schema.features().stream()
                        .filter(column -> column.name().equals(name))
                        .map(Column::categories)
                        .findFirst()
                        .orElseThrow());
    }

    private static Optional<List<Double>> row(
            Spec.Row row, int index, List<Input> inputs, boolean typed, Problems problems) {
        if (row.written().size() != inputs.size()) {
            problems.add(Problem.error(
                    row.at(),
                    "a row to predict has " + Phrases.counted(row.written().size(), "value") + " for "
                            + Phrases.counted(inputs.size(), "feature") + ": "
                            + String.join(", ", inputs.stream().map(Input::name).toList())));
            return Optional.empty();
        }
        List<Double> values = new ArrayList<>();
        for (int k = 0; k < inputs.size(); k++) {
            String name = "item " + (k + 1) + " of item " + (index + 1) + " of predict";
            Reading reading = Reading.of(row.written().get(k), name, problems);
            value(row.written().get(k), reading, inputs.get(k), typed).ifPresent(values::add);
        }
        return values.size() == inputs.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
    }

    /** A number, or the index of a category; NaN where there is none. */
    private static Optional<Double> value(Node.Scalar scalar, Reading reading, Input input, boolean typed) {
        if (typed && (scalar.kind() == Node.Kind.NULL || scalar.text().isEmpty())) {
            return Optional.of(Double.NaN);
        }
        if (input.categories().isEmpty()) {
            return reading.number();
        }
        int code = input.categories().indexOf(scalar.text());
        if (code < 0) {
            reading.refuse(
                    "must be a category of '" + input.name() + "', got " + reading.got(),
                    Suggestion.didYouMean(scalar.text(), input.categories()));
            return Optional.empty();
        }
        return Optional.of((double) code);
    }

    /** Reports rows with a missing value that a variant fills in nothing for; whoever lacks a feature was reported before. */
    void refuseMissing(List<String> features, Preparation preparation, Problems problems) {
        if (rows.isEmpty() || rows.size() < spec.predict().size() || !features.containsAll(preparation.features())) {
            return;
        }
        int[] none = new int[preparation.dataset().examples().size()];
        for (int row = 0; row < none.length; row++) {
            none[row] = row;
        }
        Optional<RowEncoding> encoding = preparation.fit(none).map(fitted -> fitted.encoding());
        for (int row = 0; row < rows.size() && encoding.isPresent(); row++) {
            List<Double> values = rows.get(row);
            try {
                encoding.get()
                        .of(preparation.features().stream()
                                .map(name -> values.get(features.indexOf(name)))
                                .toList());
            } catch (IllegalArgumentException e) {
                problems.add(Problem.error(spec.predict().get(row).at(), "a row to predict: " + e.getMessage())
                        .suggesting("give a value"));
            }
        }
    }

    /** Reports rows that would mean one thing in one cell and another in the next. */
    void refuseDifferent(Problems problems) {
        if (found.size() > 1 && !spec.predict().isEmpty()) {
            List<List<Input>> features = List.copyOf(found);
            problems.add(Problem.error(
                            spec.predict().get(0).at(),
                            "the values of a row to predict are " + words(features.get(0)) + " in one cell and "
                                    + words(features.get(1)) + " in another")
                    .suggesting("name those that all have under data.features, or leave out predict"));
        }
    }

    private static String words(List<Input> inputs) {
        return String.join(
                ", ",
                inputs.stream()
                        .map(input -> input.name()
                                + (input.categories().isEmpty()
                                        ? ""
                                        : " (" + String.join(", ", input.categories()) + ")"))
                        .toList());
    }

    /** Those of the first cell; only if nothing is wrong. */
    List<String> features() {
        return found.iterator().next().stream().map(Input::name).toList();
    }

    /** The values of the rows, see {@link dev.ablate.engine.plan.Plan#predict}; only if nothing is wrong. */
    List<List<Double>> rows() {
        return rows;
    }
}
