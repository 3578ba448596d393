package dev.ablate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.runs.Point;
import dev.ablate.engine.runs.RunRecord;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.train.Outcome;
import dev.ablate.worker.catalog.JarMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A metric of a stranger's jar, and one that a trainer reports, are all that the program's own are. */
@Timeout(60)
class PluginMetricsTest {

    private static final String SPEC = """
            version: 1
            name: nearer
            dataset: { plugin: houses }
            trainer: { plugin: shrinking, updates: 8 }
            variants: { slow: { trainer.speed: 0.25 }, fast: { trainer.speed: 0.5 } }
            compare: { baseline: slow, primary: within, metrics: { gap: {}, mse: {} } }
            """;

    private static final String WITHIN = "metric(\"within\").summary(\"Share within a tenth\").to(new Within());";

    private static final String SHRINKING =
            "trainer(\"shrinking\", Shrinking.class).summary(\"Comes nearer to the mean\").to(new Shrinker());";

    @TempDir
    private static Path shared;

    /** Compiled once, as that takes longer than what is tested. */
    private static Path sound = Path.of("");

    @TempDir
    private Path folder;

    @BeforeAll
    static void compile() {
        sound = acme(shared, WITHIN + "\n" + SHRINKING, "OptionalDouble.of((double) within / answers.rows())")
                .make("sound.jar");
    }

    /** A plugin whose metric multiplies by a factor, so that another one is another version of it. */
    private static JarMaker acme(Path folder, String plug, String value) {
        return new JarMaker(folder)
                .module("acme.Acme", plug)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Within implements Metric {
                          public boolean fits(Task task) { return task == Task.REGRESSION; }
                          public Optional<Goal> goal() { return Optional.of(Goal.MAXIMIZE); }
                          public MetricRange range() { return MetricRange.SHARE; }
                          public double resolution(double largest, int rows) { return ROUNDING; }
                          public TrivialAnswer trivialAnswer() { return TrivialAnswer.MEAN; }
                          public OptionalDouble of(Answers answers) {
                            int within = 0;
                            for (int row = 0; row < answers.rows(); row++) {
                              double target = answers.target(row);
                              within += Math.abs(answers.answer(row) - target) <= Math.abs(target) / 10 ? 1 : 0;
                            }
                            return %s;
                          }
                        }
                        """.formatted(value))
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        public record Shrinking(
                            @Option(help = "how many", atLeast = 0) long updates,
                            @Option(help = "how fast") double speed,
                            @Option(help = "what it reports", fallback = "gap") String reports)
                            implements ReportsMetrics {
                          public List<ReportedMetric> reportedMetrics() {
                            if (reports.equals("null")) { return null; }
                            List<ReportedMetric> metrics = new ArrayList<>();
                            for (String name : reports.isEmpty() ? new String[0] : reports.split(" ")) {
                              metrics.add(new ReportedMetric(
                                  name, Optional.of(Goal.MINIMIZE), MetricRange.FROM_0, 1e-12, "how far it is away"));
                            }
                            return metrics;
                          }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Shrinker implements Trainer<Shrinking> {
                          public Model train(Shrinking o, Training t) {
                            double mean = Arrays.stream(t.examples().targets()).average().orElseThrow();
                            double gap = mean;
                            boolean on = t.after(0, o.updates(), model(mean - gap));
                            for (long update = 1; on && update <= o.updates(); update++) {
                              gap *= 1 - o.speed();
                              if (!o.reports().isEmpty()) { t.report(update, o.reports(), gap); }
                              on = t.after(update, o.updates(), model(mean - gap));
                            }
                            return model(mean - gap);
                          }
                          public Model restore(Shrinking o, Schema s, java.io.InputStream in) throws java.io.IOException {
                            return model(Parameters.read(in).get("bias"));
                          }
                          static Model model(double answer) {
                            return new Model() {
                              public void predict(Matrix rows, double[] answers) { Arrays.fill(answers, answer); }
                              public Map<String, Double> parameters() { return Map.of("bias", answer); }
                              public void write(java.io.OutputStream out) throws java.io.IOException {
                                Parameters.write(parameters(), out);
                              }
                            };
                          }
                        }
                        """);
    }

    private void plug(String plug, String value) {
        acme(folder, plug, value).make("home/plugins/acme/acme.jar");
    }

    private void plugSound() throws IOException {
        Path jar = folder.resolve("home/plugins/acme/acme.jar");
        Files.createDirectories(jar.getParent());
        Files.copy(sound, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private Ablate open() {
        return Ablate.builder()
                .home(folder.resolve("home"))
                .plugins(TestPlugins.loader(TestPlugins.class))
                .build();
    }

    private List<Problem> problems(String spec) {
        try (Ablate ablate = open()) {
            return ablate.experiment("nearer", spec).problems();
        }
    }

    private List<String> messages(String spec) {
        return problems(spec).stream()
                .map(problem -> problem.at()
                                .map(at -> at.line() + ":" + at.column() + " ")
                                .orElse("")
                        + problem.message()
                        + (problem.suggestion().isEmpty() ? "" : "; " + problem.suggestion()))
                .toList();
    }

    // ---- what they are for

    @Test
    void areMeasuredStoredComparedAndDrawn() throws Exception {
        plugSound();
        try (Ablate ablate = open()) {
            ExperimentResult result =
                    ablate.experiment("nearer", SPEC).run(RunOptions.defaults().jobs(2));
            assertThat(result.outcomes())
                    .hasSize(2)
                    .allMatch(run -> run.record().status() == RunStatus.FINISHED);
            RunRecord slow = result.outcomes().get(0).record();
            assertThat(slow.metrics().keySet())
                    .containsExactlyInAnyOrder(
                            "train/mse",
                            "train/rmse",
                            "train/mae",
                            "train/r2",
                            "train/sse",
                            "train/error_sum",
                            "train/medae",
                            "train/within",
                            "gap");
            assertThat(slow.metrics()).containsEntry("train/within", 0.5).containsEntry("gap", 11 * Math.pow(0.75, 8));
            assertThat(ablate.store().series(slow.id(), "train/within"))
                    .extracting(Point::step)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            assertThat(ablate.store().series(slow.id(), "gap")).hasSize(8);
            assertThat(result.report().metrics())
                    .containsExactly(
                            "train/within",
                            "gap",
                            "train/mse",
                            "train/rmse",
                            "train/mae",
                            "train/r2",
                            "train/sse",
                            "train/error_sum",
                            "train/medae");
            assertThat(result.comparison().effects())
                    .extracting(effect ->
                            effect.metric().name() + " " + effect.verdict().word())
                    .containsExactly("train/within better", "gap better", "train/mse better");
            Path page = folder.resolve("report.html");
            result.writeReport(page);
            assertThat(page).content().contains("within by update", "gap by update", "mse by update");
        }
    }

    @Test
    void areListedAndDescribed() throws IOException {
        plugSound();
        try (Ablate ablate = open()) {
            assertThat(ablate.catalog().entries(Kind.METRIC))
                    .extracting(entry -> entry.name())
                    .containsExactly(
                            "accuracy",
                            "balanced_accuracy",
                            "error_sum",
                            "f1",
                            "log_loss",
                            "mae",
                            "mcc",
                            "medae",
                            "mse",
                            "pr_auc",
                            "precision",
                            "r2",
                            "recall",
                            "rmse",
                            "roc_auc",
                            "sse",
                            "within");
            assertThat(ablate.catalog()
                            .describe(Kind.METRIC, "within")
                            .orElseThrow()
                            .facts())
                    .containsEntry("of", "any number")
                    .containsEntry("better", "higher")
                    .containsEntry("values", "from 0 to 1")
                    .containsEntry("trivial answer", "the mean of the training targets");
            assertThat(ablate.catalog().plugins())
                    .anyMatch(plugin -> plugin.startsWith("acme.Acme, acme.jar"))
                    .noneMatch(plugin -> plugin.contains("BuiltInMetrics"));
        }
    }

    @Test
    void endARunThatIsStoppedByThem() throws IOException {
        plugSound();
        try (Ablate ablate = open()) {
            ExperimentResult result = ablate.experiment("nearer", SPEC + "stop: { when: within, above: 0.4 }\n")
                    .run(RunOptions.defaults().jobs(1));
            assertThat(result.outcomes())
                    .extracting(outcome -> outcome.record().stopped())
                    .containsExactly(true, true);
        }
    }

    // ---- what a run is

    @Test
    void areAPartOfWhatARunIsWhereTheyAreCompared() throws IOException {
        String other = SPEC.replace("primary: within", "primary: rmse");
        plugSound();
        List<String> compared = keys(SPEC);
        List<String> measured = keys(other);
        assertThat(measured).doesNotContainAnyElementsOf(compared);
        run(SPEC);
        plug(WITHIN + "\n" + SHRINKING, "OptionalDouble.of(within / 2.0 / answers.rows())");
        assertThat(keys(SPEC)).doesNotContainAnyElementsOf(compared);
        List<Outcome> again = run(SPEC);
        assertThat(again).hasSize(2).noneMatch(Outcome::reused);
        assertThat(again.get(0).record().metrics()).containsEntry("train/within", 0.25);
        assertThat(run(SPEC)).allMatch(Outcome::reused);
    }

    private List<String> keys(String spec) {
        try (Ablate ablate = open()) {
            return ablate.experiment("nearer", spec).plan().runs().stream()
                    .map(PlannedRun::key)
                    .map(Object::toString)
                    .toList();
        }
    }

    private List<Outcome> run(String spec) {
        try (Ablate ablate = open()) {
            return ablate.experiment("nearer", spec)
                    .run(RunOptions.defaults().jobs(1))
                    .outcomes();
        }
    }

    // ---- what is wrong with them

    @Test
    void failTheRunWithTheirNameWhereTheyThrow() {
        plug(
                WITHIN + "\n" + SHRINKING,
                "answers.answer(0) > 0 ? OptionalDouble.of(1 / (within - within)) : OptionalDouble.of(0)");
        assertThat(run(SPEC))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.record().error())
                        .hasValue("failed after 1 update: metric 'within' of acme.jar failed:"
                                + " java.lang.ArithmeticException: / by zero"));
    }

    @Test
    void failTheRunWithTheirNameWhereTheyAreNotFiniteOrNull() {
        plug(WITHIN + "\n" + SHRINKING, "OptionalDouble.of(answers.answer(0) > 0 ? Double.NaN : within)");
        assertThat(run(SPEC))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.record().error())
                        .hasValueSatisfying(error -> assertThat(error)
                                .startsWith("failed after 1 update: train/within is not finite (last finite 0 at 0)")));
        plug(WITHIN + "\n" + SHRINKING, "null");
        assertThat(run(SPEC))
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome.record().error())
                        .hasValue("failed after 0 updates: metric 'within' of acme.jar measured null"));
    }

    @Test
    void areWarnedOfWhereTheyCannotBeMadeAndRefusedWhereTheyAreNamed() {
        plug(
                "metric(\"within\").to(Sleeper.class);\n" + SHRINKING
                        + "}\n public static class Sleeper extends Within {\n"
                        + " @com.google.inject.Inject Sleeper() { throw new IllegalStateException(\"no ruler\"); }",
                "OptionalDouble.empty()");
        String reason = "metric 'within' of acme.jar cannot be made: java.lang.IllegalStateException: no ruler";
        assertThat(messages(SPEC)).containsExactly("6:37 " + reason);
        try (Ablate ablate = open()) {
            Experiment other = ablate.experiment("nearer", SPEC.replace("primary: within", "primary: rmse"));
            assertThat(other.problems()).isEqualTo(other.warnings());
            assertThat(other.warnings()).extracting(Problem::message).contains(reason);
            assertThat(other.run(RunOptions.defaults().jobs(1)).outcomes())
                    .allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
        }
    }

    @Test
    void areReportedWhereTheirNameIsTaken() {
        plug(WITHIN.replace("within\")", "mse\")") + "\n" + SHRINKING, "OptionalDouble.empty()");
        try (Ablate ablate = open()) {
            assertThatThrownBy(ablate::catalog)
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("metric 'mse' is provided twice: by ")
                    .hasMessageContaining("acme.jar");
        }
    }

    @Test
    void areRefusedForDataThatTheyDoNotFit() throws IOException {
        plugSound();
        assertThat(messages(SPEC.replace("plugin: houses", "plugin: or-gate")))
                .containsExactly("6:37 train/within needs a target of any number, and the target is a class;"
                        + " choose train/mse, train/rmse, train/mae or train/r2");
    }

    // ---- what trainers report

    @Test
    void ofTrainersAreRefusedWhereAVariantHasThemNot() throws IOException {
        plugSound();
        assertThat(messages(SPEC.replace("{ trainer.speed: 0.5 }", "{ trainer: { speed: 0.5, reports: '' } }")))
                .containsExactly(
                        "6:56 variant 'fast' has no gap: the options of trainer 'shrinking' declare no such metric;"
                                + " compare what every variant has");
    }

    @Test
    void ofTrainersAreSuggestedWhereAllHaveThem() throws IOException {
        plugSound();
        assertThat(messages(SPEC.replace("metrics: { gap", "metrics: { gab")))
                .containsExactly(
                        "6:56 no metric 'gab'; there are train/mse, train/rmse, train/mae, train/r2, train/sse,"
                                + " train/error_sum, train/medae, train/within; and gap; did you mean 'gap'?");
    }

    @Test
    void ofTrainersAreRefusedUnderANameThatIsTakenOrIsNone() throws IOException {
        plugSound();
        String spec = SPEC.replace("updates: 8", "updates: 8, reports: NAME");
        assertThat(messages(spec.replace("NAME", "rmse").replace("gap: {}, ", "")))
                .containsExactly(
                        "4:20 trainer 'shrinking' of acme.jar declares the metric rmse, and that is the name of one that"
                                + " is measured on the data");
        assertThat(messages(spec.replace("NAME", "own/gap").replace("gap: {}, ", "")))
                .containsExactly("4:20 trainer 'shrinking' of acme.jar cannot say which metrics it reports:"
                        + " java.lang.IllegalArgumentException: a metric's name is lower-case words joined by '_', such as"
                        + " error_sum; got 'own/gap'");
        assertThat(messages(spec.replace("NAME", "gap gap")))
                .containsExactly("4:20 trainer 'shrinking' of acme.jar declares the metric gap twice");
        assertThat(messages(spec.replace("NAME", "'null'")))
                .singleElement()
                .asString()
                .startsWith("4:20 trainer 'shrinking' of acme.jar cannot say which metrics it reports: ");
    }

    @Test
    void ofTrainersStopNoRun() throws IOException {
        plugSound();
        assertThat(messages(SPEC + "stop: { when: gap, below: 1 }\n"))
                .containsExactly(
                        "7:15 stop.when must be measured at every step, got gap, which the trainer reports when it has it;"
                                + " write train/mse");
    }

    @Test
    void ofTrainersMayBePrimary() throws Exception {
        plugSound();
        try (Ablate ablate = open()) {
            ExperimentResult result = ablate.experiment(
                            "nearer",
                            SPEC.replace("primary: within", "primary: gap").replace("gap: {}, ", ""))
                    .run(RunOptions.defaults().jobs(1));
            Effect effect = result.comparison().effects().get(0);
            assertThat(effect.metric().name()).isEqualTo("gap");
            assertThat(effect.verdict()).isEqualTo(Verdict.BETTER);
            Path page = Files.createDirectories(folder.resolve("pages")).resolve("gap.html");
            result.writeReport(page);
            assertThat(page).content().contains("gap by update").contains("Lower is better");
        }
    }
}
