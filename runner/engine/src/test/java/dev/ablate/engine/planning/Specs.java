package dev.ablate.engine.planning;

import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.Spec;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Specs as text in a folder of their own, planned with the tests' plugins. */
final class Specs {

    /** OR with a bias and without one. */
    static final String OR_GATE = """
            version: 1
            name: or-gate-bias
            dataset: { plugin: or-gate }
            trainer:
              plugin: neuron
              loss: half-sse
              learning_rate: 0.05
              epochs: 10000
              initial_weights: [0.1, 0.2]
            variants:
              bias: { trainer.bias: true, trainer.initial_bias: 0.3 }
              no-bias: { trainer.bias: false }
            predict: [[1, 0], [1, 1]]
            compare: { baseline: no-bias, primary: mse }
            """;

    private static final Planner PLANNER = new Planner(TestPlugins.catalog());

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Specs(Path folder) {
        this.folder = folder;
    }

    Specs with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Plan plan(String yaml, String... sets) {
        return plan(write("spec.yaml", yaml), sets);
    }

    Plan plan(Path file, String... sets) {
        Problems problems = new Problems();
        return PLANNER.plan(read(file, problems, sets), problems);
    }

    Plan plan(String yaml, Overrides overrides) {
        Problems problems = new Problems();
        return PLANNER.plan(new SpecReader(environment).read(write("spec.yaml", yaml), overrides, problems), problems);
    }

    /** What is reported of a spec that cannot be planned, each as it is printed. */
    List<String> problems(String yaml, Overrides overrides) {
        try {
            plan(yaml, overrides);
            return List.of();
        } catch (SpecException e) {
            return e.problems().stream().map(Problem::render).toList();
        }
    }

    /** What counts for the keys of each variant's runs in the first cell, without the seed. */
    List<Map<String, String>> leaves(String yaml) {
        Problems problems = new Problems();
        return PLANNER.draft(read(write("spec.yaml", yaml), problems), problems).cells().get(0).variants().stream()
                .map(VariantPlan::keyLeaves)
                .toList();
    }

    String render(String yaml, String... sets) {
        Problems problems = new Problems();
        return PLANNER.render(read(write("spec.yaml", yaml), problems, sets), true, problems);
    }

    private Spec read(Path file, Problems problems, String... sets) {
        Overrides overrides = new Overrides(List.of(sets), Optional.empty(), Optional.empty());
        return new SpecReader(environment).read(file, overrides, problems);
    }
}
