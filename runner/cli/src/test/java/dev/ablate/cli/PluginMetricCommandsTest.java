package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import dev.ablate.worker.catalog.JarMaker;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a metric from a jar in the home. */
class PluginMetricCommandsTest {

    private static final String SPEC = """
            version: 1
            name: near
            dataset: { plugin: house-price }
            data: { split: { test: 0.2 }, scale: { features: standard, target: standard } }
            trainer: { plugin: perceptron, activation: identity, learning_rate: 0.1, updates: 20 }
            variants: { one: { data.features: [area] }, both: {} }
            compare: { baseline: one, primary: within }
            seeds: { count: 3 }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        new JarMaker(folder)
                .module(
                        "acme.Acme",
                        "metric(\"within\").summary(\"Share within a tenth of the target\").to(new Within());")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Within implements Metric {
                          public boolean fits(Task task) { return task == Task.REGRESSION; }
                          public Optional<Goal> goal() { return Optional.of(Goal.MAXIMIZE); }
                          public MetricRange range() { return MetricRange.SHARE; }
                          public double resolution(double largest, int rows) { return ROUNDING; }
                          public TrivialAnswer trivialAnswer() { return TrivialAnswer.MEAN; }
                          public OptionalDouble of(Answers answers) {
                            double within = 0;
                            for (int row = 0; row < answers.rows(); row++) {
                              double target = answers.target(row);
                              within += Math.abs(answers.answer(row) - target) <= Math.abs(target) / 10 ? 1 : 0;
                            }
                            return OptionalDouble.of(within / answers.rows());
                          }
                        }
                        """)
                .make("home/plugins/acme/acme.jar");
    }

    @Test
    void isListedAndDescribed() {
        assertThat(shell.run("list", "metrics").out())
                .contains("within             Share within a tenth of the target");
        assertThat(shell.run("describe", "metric", "within").out())
                .contains("of: any number\n", "better: higher\n", "values: from 0 to 1\n");
    }

    @Test
    void isComparedInEveryForm() {
        String spec = shell.write("near.yaml", SPEC);
        Result run = shell.run("run", spec);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("test/within", "train/within");
        assertThat(shell.run("report", spec, "-f", "json").out()).contains("\"test/within\"");
        assertThat(shell.run("report", spec, "-f", "csv")
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .contains("test/within", "train/within");
        assertThat(shell.run("run", spec).out()).contains("6 reused");
    }

    @Test
    void isKnownInAFileOfResults() {
        String file = shell.write("near.csv", """
                variant,seed,test/within
                old,1,0.5
                old,2,0.4
                new,1,0.6
                new,2,0.7
                """);
        String[] line = {"compare", file, "--baseline", "old", "--metric", "test/within"};
        assertThat(shell.run(line).out()).contains("test/within is ", " higher than old");
        assertThat(shell.run("compare", file, "--baseline", "old", "--metric", "test/within", "--same-within", "5%")
                        .err())
                .contains("--same-within of test/within must be a number, got per cent of what is a share already");
    }
}
