package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Environment;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code sweep}; a leaf with wrong values, which are reported, is swept over those that are left. */
final class SweepReader {

    private static final String PREFIX = "sweep.params.";

    private final Layers layers;
    private final Problems problems;

    SweepReader(Layers layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    Optional<Sweep> read() {
        Optional<Position> at = layers.container("sweep");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        boolean zip = layers.leaf("sweep.method")
                .flatMap(leaf -> Reading.of(leaf, problems).word(List.of("grid", "zip")))
                .filter("zip"::equals)
                .isPresent();
        List<Setting> leaves = layers.leaves().stream()
                .filter(leaf -> leaf.path().startsWith(PREFIX))
                .toList();
        if (leaves.isEmpty()) {
            refuseNothing(at.get());
            return Optional.empty();
        }
        List<Sweep.Param> params = new ArrayList<>();
        boolean complete = true;
        for (Setting leaf : leaves) {
            List<Node> values = values(leaf, zip);
            complete &= leaf.value() instanceof Node.Sequence all && all.items().size() == values.size();
            if (!values.isEmpty()) {
                params.add(new Sweep.Param(leaf.path().substring(PREFIX.length()), leaf.keyAt(), values));
            }
        }
        if (params.isEmpty() || (zip && (!complete || refuseUnequal(params)))) {
            return Optional.empty();
        }
        if (zip && refuseAgain(params)) {
            return Optional.empty();
        }
        Sweep sweep = new Sweep(at.get(), zip, params);
        if (sweep.size() > Sweep.MOST) {
            problems.add(Problem.error(
                    at.get(),
                    String.format(Locale.ROOT, "a sweep has at most %,d cells, and this one has more", Sweep.MOST)));
            return Optional.empty();
        }
        return Optional.of(sweep);
    }

    private void refuseNothing(Position at) {
        problems.add(Problem.error(
                        layers.container("sweep.params")
                                .or(() -> layers.missingAt("sweep.params"))
                                .orElse(at),
                        "sweep.params has nothing to sweep")
                .suggesting("write params: { trainer.OPTION: [VALUE, ...] }, or sweep: null"));
    }

    /** @param zip whether a value may come again, as it stands beside others each time */
    private List<Node> values(Setting leaf, boolean zip) {
        Reading reading = Reading.of(leaf, problems);
        if (!(leaf.value() instanceof Node.Sequence sequence)) {
            String text = leaf.value().toString();
            boolean scalar = leaf.value() instanceof Node.Scalar && !Environment.isBroken(leaf.value());
            reading.refuse(
                    "must be a list of values, got " + reading.got(),
                    scalar ? "write [" + Problem.shortened(text) + "]" : "");
            return List.of();
        }
        if (sequence.items().isEmpty()) {
            reading.refuse("must have at least one value");
        }
        Set<String> seen = new HashSet<>();
        List<Node> values = new ArrayList<>();
        for (Reading item : reading.items().orElseThrow()) {
            String text = item.node().toString();
            if (!seen.add(text) && !zip) {
                item.refuse("is " + Problem.shortened(text) + " again");
            } else if (fits(leaf, item)) {
                values.add(item.node());
            }
        }
        return values;
    }

    /** What would be reported later would not say what to write. */
    private static boolean fits(Setting leaf, Reading item) {
        if (leaf.path().equals(PREFIX + "data.split.test") && Layers.isNull(item.node())) {
            item.refuse("must be a number: a sweep cannot take the test part away", "leave it out");
            return false;
        }
        if (leaf.path().equals(PREFIX + "data.features") && item.node() instanceof Node.Scalar scalar) {
            item.refuse(
                    "must be a list of features, got " + item.got(),
                    Layers.isNull(scalar) ? "" : "write [[" + Problem.shortened(scalar.toString()) + "], ...]");
            return false;
        }
        return true;
    }

    /** Lists are equally long. */
    private boolean refuseAgain(List<Sweep.Param> params) {
        Set<List<String>> seen = new HashSet<>();
        boolean again = false;
        for (int cell = 0; cell < params.get(0).values().size(); cell++) {
            List<String> texts = new ArrayList<>();
            for (Sweep.Param param : params) {
                texts.add(param.values().get(cell).toString());
            }
            if (!seen.add(texts)) {
                again = true;
                problems.add(Problem.error(
                        params.get(0).values().get(cell).at(),
                        "zip takes one value of each list at a time, and " + Problem.shortened(String.join(", ", texts))
                                + " comes again"));
            }
        }
        return again;
    }

    private boolean refuseUnequal(List<Sweep.Param> params) {
        Sweep.Param first = params.get(0);
        boolean unequal = false;
        for (Sweep.Param param : params) {
            if (param.values().size() != first.values().size()) {
                unequal = true;
                problems.add(Problem.error(
                                param.keyAt(),
                                "zip takes one value of each list at a time: " + param.path() + " has "
                                        + param.values().size() + ", and " + first.path() + " has "
                                        + first.values().size())
                        .suggesting("make them equally long, or write method: grid"));
            }
        }
        return unequal;
    }
}
