package dev.ablate.runner.plan;

import dev.ablate.runner.catalog.CanonicalText;
import dev.ablate.runner.spec.Node;
import dev.ablate.runner.spec.Problem;
import dev.ablate.runner.spec.Problems;
import dev.ablate.runner.spec.Setting;
import dev.ablate.runner.spec.Spec;
import dev.ablate.runner.spec.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which features runs train on, and which columns a row to predict has. */
final class FeaturesReader {

    private final List<String> known;
    private final Problems problems;

    /** With the features that the data have. */
    FeaturesReader(List<String> known, Problems problems) {
        this.known = List.copyOf(known);
        this.problems = problems;
    }

    /** The features of {@code data.features}, or all; names that the data do not have are told, and left out. */
    List<String> read(Optional<Setting> setting) {
        if (setting.isEmpty() || !(setting.get().value() instanceof Node.Sequence sequence)) {
            return known;
        }
        List<String> chosen = new ArrayList<>();
        for (Node item : sequence.items()) {
            if (item instanceof Node.Scalar scalar) {
                if (known.contains(scalar.text())) {
                    chosen.add(scalar.text());
                } else {
                    problems.add(Problem.error(
                                    item.at(),
                                    "no feature " + Problem.quoted(scalar.text())
                                            + setting.get().overriding())
                            .suggesting(Suggestion.didYouMean(scalar.text(), known))
                            .noting("features: " + String.join(", ", known)));
                }
            }
        }
        return chosen.isEmpty() ? known : chosen;
    }

    /** Checks the rows to predict against the columns that they have, and the variants against these columns. */
    void check(Spec spec, List<String> columns, List<List<String>> byVariant) {
        for (Spec.Row row : spec.predict()) {
            if (row.values().size() != columns.size()) {
                problems.add(Problem.error(
                        row.at(),
                        "a row to predict has " + row.values().size() + " value"
                                + (row.values().size() == 1 ? "" : "s") + ", and there "
                                + (columns.size() == 1 ? "is 1 feature: " : "are " + columns.size() + " features: ")
                                + String.join(", ", columns)));
            }
        }
        if (spec.predict().isEmpty()) {
            return;
        }
        for (int i = 0; i < byVariant.size(); i++) {
            Spec.Variant variant = spec.variants().get(i);
            List<String> missing = byVariant.get(i).stream()
                    .filter(feature -> !columns.contains(feature))
                    .toList();
            if (!missing.isEmpty()) {
                problems.add(Problem.error(
                        variant.features().map(setting -> setting.value().at()).orElse(variant.at()),
                        "variant " + Problem.quoted(variant.name()) + " trains on " + String.join(", ", missing)
                                + ", and rows to predict have only " + CanonicalText.texts(columns)
                                + "; widen data.features, or take predict out"));
            }
        }
    }
}
