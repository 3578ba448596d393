package dev.ablate.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid specs with random mistakes in them: every problem has a place, and what is read without one renders to the same spec. */
class MutatedSpecsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("RATE", "0.5", "EMPTY", "", "WORD", "no");

    private static final List<String> VALID = List.of("""
            # a comment
            version: 1
            name: or-gate-bias
            description: Without a bias the answer to (0, 0) is 0.5, whatever is learned.
            dataset: { plugin: or-gate }
            trainer:
              plugin: perceptron
              learning_rate: ${env:RATE}
              epochs: 10000     # so many
              initial_weights: [0.1, 0.2]
            variants:
              bias:    { trainer.bias: true, trainer.initial_bias: 0.3 }
              no-bias: { trainer.bias: false, data.features: [x1, "yes"] }
              other:   { trainer: { plugin: mlp, hidden: [2, { a: b }] } }
            predict: [[1, 0], [1.5e3, -1]]
            decide: { threshold: 0.5, tie: 0 }
            compare:
              baseline: no-bias
              primary: train/mse
              metrics:
                train/mse:      { goal: minimize, same_within: 1e-6 }
                train/accuracy: { goal: maximize, same_within: 2% }
            track: { mlflow: { experiment: "${env:WORD}" }, weights: true }
            """, """
            version: 1
            name: "a \\"quoted\\" name: with é and \\\\"
            x-rows: &rows
              - [1, 2]
              - [3, 4]
            description: |
              several
                lines
            dataset:
              plugin: table
              rows: *rows
              columns: [a, 'b', "c d", null]
            data:
              features:
                - a
                - b
            trainer: { plugin: perceptron, learning_rate: 1, note: "${env:EMPTY}" }
            seeds: [3, 1, 2]
            run: { jobs: auto, on_failure: stop, max_runs: 20 }
            track: { mlflow: false, every: 10 }
            """, """
            version: 1
            name: rates
            dataset: { plugin: line }
            data:
              split: { test: 0.25, per: experiment }
              scale: { features: standard, target: none }
            trainer: { plugin: perceptron, learning_rate: 1, epochs: 10 }
            variants:
              a: { data.scale: { features: max } }
              b: { trainer.bias: false }
            sweep:
              method: zip
              params: { trainer.learning_rate: [0.1, 1], dataset.count: [5, 6] }
            stop: { when: train/mse, below: 1e-4, for: 20 }
            run: { timeout: 2m, max_runs: 20, launcher: { plugin: queue, folder: jobs, a.b: [1] } }
            compare: { test: paired-t, correction: none }
            """);

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            ",",
            "\n",
            "\n  ",
            "  ",
            "\t",
            "'",
            "\"",
            "*rows",
            "&rows ",
            "!!str ",
            "!x ",
            "<<: ",
            "---\n",
            "...\n",
            "%",
            "@",
            "#",
            " #",
            "? ",
            "- ",
            "|",
            ">",
            "null",
            "~",
            "true",
            "no",
            "010",
            "12:30",
            "1e3",
            "1e999",
            ".nan",
            "99999999999999999999",
            "${env:",
            "${env:NONE}",
            "${env:RATE}",
            "}",
            "seeds",
            "sweep: ",
            "stop: ",
            "split: ",
            "params",
            "500ms",
            "plugin",
            "trainer",
            "variants: ",
            "\u00e9",
            "\u4e2d",
            "\ud83d\ude00",
            "\u0007",
            "\ufeff",
            "\u2028",
            "\u0085",
            "\r",
            "\r\n",
            "\\",
            "x-",
            "\ud800");

    private static final List<String> SETS = List.of(
            "trainer.bias=true",
            "trainer.learning_rate=[",
            "seeds=3",
            "trainer={plugin: b}",
            "a.b.c=1",
            "track=null",
            "x",
            "=",
            "trainer.epochs=*a",
            "variants.bias=1",
            "name=${env:NONE}",
            "decide.tie=1",
            "trainer.plugin=mlp",
            "sweep.params.trainer.bias=[true, false]",
            "sweep=null",
            "stop.when=mse",
            "data.split.test=0.5",
            "name=\u0007");

    private static final Path FILE = Path.of("mutated.yaml");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void mistakesAreReportedWithTheirPlaces(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int readable = 0;
        for (int i = 0; i < 300; i++) {
            String text = mutated(VALID.get(random.nextInt(VALID.size())), random);
            Overrides overrides = new Overrides(
                    random.nextInt(4) > 0 ? List.of() : List.of(SETS.get(random.nextInt(SETS.size()))),
                    random.nextInt(20) > 0 ? Optional.empty() : Optional.of("4,5"),
                    random.nextInt(20) > 0 ? Optional.empty() : Optional.of("3"));
            Problems problems = new Problems();
            Optional<Spec> spec = read(text, overrides, problems);
            problems.all().forEach(problem -> checkPlace(problem, text));
            if (spec.isPresent() && !problems.hasErrors()) {
                readable++;
                checkRendering(spec.get());
            } else {
                assertThat(problems.hasErrors()).as(() -> text).isTrue();
            }
        }
        assertThat(readable).as("specs that are still fine").isBetween(20, 280);
    }

    private static Optional<Spec> read(String text, Overrides overrides, Problems problems) {
        try {
            return Optional.of(reader(text).read(FILE, overrides, problems));
        } catch (SpecException e) {
            assertThat(e.problems()).isEqualTo(problems.all());
            return Optional.empty();
        }
    }

    private static SpecReader reader(String text) {
        return new SpecReader(file -> text.getBytes(StandardCharsets.UTF_8), ENVIRONMENT);
    }

    private static void checkPlace(Problem problem, String text) {
        assertThat(problem.at()).as(problem::render).isPresent();
        Position at = problem.at().orElseThrow();
        if (at.line() > 0) {
            List<String> lines = List.of(text.split("\r\n|\n|\r", -1));
            assertThat(at.line()).as(problem::render).isBetween(1, lines.size());
            assertThat(at.text()).as(problem::render).isEqualTo(lines.get(at.line() - 1));
            int width = at.text().codePointCount(0, at.text().length());
            assertThat(at.column()).as(problem::render).isBetween(1, width + 1);
            assertThat(at.column() - 1 + at.length())
                    .as(problem::render)
                    .isLessThanOrEqualTo(Math.max(width, at.column()));
        }
        assertThat(problem.render()).doesNotContain("\u0007").doesNotContain("null,");
    }

    private static void checkRendering(Spec spec) {
        Rendering rendering = Rendering.of(spec);
        for (String text : List.of(rendering.text(), rendering.withOrigins())) {
            Problems problems = new Problems();
            Spec again = reader(text).read(FILE, Overrides.NONE, problems);
            assertThat(problems.all()).as(() -> text).isEmpty();
            assertThat(said(again)).as(() -> text).isEqualTo(said(spec));
        }
    }

    /** What a spec says, without the places. */
    private static Map<String, String> said(Spec spec) {
        Map<String, String> said = new TreeMap<>();
        said.put("name", spec.name());
        said.put("description", spec.description());
        said.put("dataset", block(spec.dataset()));
        spec.variants().forEach(variant -> {
            said.put("variant " + variant.name(), block(variant.trainer()));
            said.put(
                    "features " + variant.name(),
                    variant.features().map(f -> f.value().toString()).orElse(""));
        });
        List<String> names = new ArrayList<>();
        spec.variants().forEach(variant -> names.add(variant.name()));
        said.put("variants", names.toString());
        said.put("seeds", spec.seeds().toString());
        said.put(
                "predict",
                spec.predict().stream().map(Spec.Row::values).toList().toString());
        said.put("decide", spec.decide().toString());
        said.put("baseline", spec.compare().baseline().map(Spec.Word::text).orElse(""));
        said.put("primary", spec.compare().primary().map(Spec.Word::text).orElse(""));
        spec.compare()
                .metrics()
                .forEach(metric -> said.put(
                        "metric " + metric.name().text(),
                        metric.goal() + " "
                                + metric.sameWithin().map(within -> within.amount() + " " + within.percent())));
        said.put(
                "run",
                spec.run().jobs() + " " + spec.run().stopAtFailure() + " "
                        + spec.run().maxRuns());
        said.put("track", spec.track().toString());
        said.put("timeout", spec.run().timeout().toString());
        said.put("stop", text(spec.stop()));
        said.put("test", text(spec.compare().test()) + spec.compare().corrected());
        spec.cells().forEach(cell -> {
            String swept = cell.swept().stream()
                    .map(setting -> setting.path() + "=" + setting.value())
                    .toList()
                    .toString();
            said.put("cell " + swept, block(cell.dataset()) + text(cell.split()));
            cell.variants()
                    .forEach(variant -> said.put(
                            "cell " + swept + variant.name(), block(variant.trainer()) + text(variant.scale())));
        });
        return said;
    }

    /** Without the places, which differ when it is read back. */
    private static String text(Object value) {
        return value.toString().replaceAll("at=[^,\\]]*, ", "");
    }

    /** A variant that changes the plugin lists its options in another order. */
    private static String block(Block block) {
        Map<String, String> options = new TreeMap<>();
        block.options()
                .forEach((name, setting) -> options.put(name, setting.value().toString()));
        return block.plugin().map(plugin -> plugin.value().toString()).orElse("?") + options;
    }

    private static String mutated(String text, SplittableRandom random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(mutated.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> mutated.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(3)));
                case 2 -> {
                    String piece = PIECES.get(random.nextInt(PIECES.size()));
                    mutated.replace(at, Math.min(mutated.length(), at + piece.length()), piece);
                }
                case 3 -> {
                    List<String> lines =
                            new ArrayList<>(mutated.toString().lines().toList());
                    String line = lines.remove(random.nextInt(lines.size()));
                    if (random.nextBoolean()) {
                        lines.add(random.nextInt(lines.size()), line);
                    }
                    mutated = new StringBuilder(String.join("\n", lines)).append('\n');
                }
                default -> {
                    int to = random.nextInt(mutated.length() + 1);
                    String moved =
                            mutated.substring(Math.min(at, to), Math.min(mutated.length(), Math.min(at, to) + 5));
                    mutated.insert(Math.max(at, to), moved);
                }
            }
        }
        return mutated.toString().replace('\ud800', '?');
    }
}
