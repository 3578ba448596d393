package dev.ablate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Schema;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.option.Option;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.engine.compare.Verdict;
import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.DeliveryLedger;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.tracking.Delivery;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.engine.tracking.Tracker.Purpose;
import dev.ablate.engine.train.Cancellation;
import dev.ablate.engine.train.Execution;
import dev.ablate.engine.train.Outcome;
import dev.ablate.engine.train.UnknownVariantException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Experiments as any Java program runs them. */
@Timeout(60)
class AblateTest {

    private static final String SPEC = """
            version: 1
            name: or
            dataset: { plugin: or-gate }
            trainer: { plugin: descent, updates: 400 }
            seeds: [1, 2]
            variants: { bias: { trainer.bias: true }, no-bias: { trainer.bias: false } }
            compare: { baseline: no-bias }
            """;

    /** Trains thousands of seconds unless it is ended. */
    private static final String ENDLESS =
            SPEC.replace("name: or", "name: endless").replace("updates: 400", "updates: 10000000, pause: 1000");

    @TempDir
    private Path folder;

    private Ablate ablate = Ablate.builder().build();

    /** Gradient descent, as slow as a test wants it. */
    public static final class DescentPlugin extends PluginModule {

        /** For the service loader. */
        public DescentPlugin() {}

        /** The trainer's options. */
        public record Options(
                @Option(help = "how many", atLeast = 0) long updates,
                @Option(help = "whether there is one") boolean bias,

                @Option(help = "microseconds after each update", fallback = "0", atLeast = 0)
                long pause) {}

        @Override
        protected void plug() {
            dataset("or-gate", NoOptions.class).to((NoOptions options) -> SmallPlans.OR);
            trainer("descent", Options.class).to(new Trainer<>() {
                @Override
                public Model train(Options options, Training training) {
                    return descent(options).train(training);
                }

                @Override
                public Model restore(Options options, Schema schema, InputStream in) {
                    return descent(options).restore(schema, in);
                }
            });
        }

        private static Descent descent(Options options) {
            return Descent.of(new Descent.Options(Activation.SIGMOID, 0.5, options.updates(), options.bias(), true))
                    .dawdling(options.pause());
        }
    }

    private Ablate.Builder builder() {
        return Ablate.builder().home(folder.resolve("home")).plugins(TestPlugins.loader(DescentPlugin.class));
    }

    @BeforeEach
    void open() {
        ablate = builder().build();
    }

    @AfterEach
    void close() {
        ablate.close();
    }

    private static RunOptions options() {
        return RunOptions.defaults().jobs(2);
    }

    // ---- one experiment

    @Test
    void isNotChangedByWhatItsBuilderIsAskedForLater(@TempDir Path other) {
        Ablate.Builder builder = Ablate.builder()
                .home(other)
                .plugins(TestPlugins.loader(TestPlugins.class))
                .environment(Map.of("RATE", "0.25"));
        String spec = """
                version: 1
                name: rates
                dataset: { plugin: or-gate }
                trainer: { plugin: neuron, learning_rate: "${env:RATE}", epochs: 1 }
                """;
        try (Ablate one = builder.build();
                Ablate two = builder.environment(Map.of("RATE", "0.75")).build()) {
            assertThat(one.experiment("rates", spec).render(false)).contains("0.25");
            assertThat(two.experiment("rates", spec).render(false)).contains("0.75");
        }
    }

    @Test
    void runsASpecPrintsItsEffectsAndWritesItsReport() throws Exception {
        Path spec = Files.writeString(folder.resolve("or.yaml"), SPEC);
        Path page = folder.resolve("report.html");
        ExperimentResult result = ablate.experiment(spec).repeats(10).run(options());

        assertThat(result.outcomes())
                .hasSize(20)
                .allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
        assertThat(result.pending()).isEmpty();
        assertThat(result.cancelled()).isFalse();
        assertThat(result.comparison().effects())
                .filteredOn(effect -> effect.metric().name().equals("train/mse"))
                .singleElement()
                .satisfies(effect -> assertThat(effect.verdict()).isEqualTo(Verdict.BETTER));
        assertThat(result.sentence()).startsWith("bias: ");
        result.writeReport(page);
        assertThat(page).content().contains("<html").contains("ablate run " + spec + " --repeats 10");
    }

    @Test
    void storesWhatJavaSaysOfItselfAndMoreIfItIsGiven() {
        Experiment experiment = ablate.experiment("or", SPEC);
        long own = experiment.run(options()).outcomes().get(0).record().id();
        assertThat(ablate.store().provenance(own).values())
                .containsEntry("java", System.getProperty("java.version"))
                .containsKeys("ablate", "plugins")
                .doesNotContainKeys("host", "command", "git_commit", "git_state");
        Provenance given = new Provenance(Map.of("git_commit", "c0ffee", "git_state", "clean"));
        try (Ablate other = builder().provenance(() -> given).build()) {
            long run = other.experiment("or", SPEC)
                    .seeds(9)
                    .run(options())
                    .outcomes()
                    .get(0)
                    .record()
                    .id();
            assertThat(other.store().provenance(run)).isEqualTo(given);
        }
    }

    @Test
    void changesItWithoutChangingItsFile() {
        Experiment experiment = ablate.experiment("or", SPEC);
        Experiment changed = experiment.set("trainer.updates", "7").seeds(5);
        assertThat(changed.plan().runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.params()).containsEntry("trainer.updates", "7");
            assertThat(run.seed()).isEqualTo(5);
        });
        assertThat(experiment.plan().runs()).hasSize(4);
        assertThat(changed.invocation().command()).isEqualTo("ablate run or --set trainer.updates=7 --seeds 5");
    }

    @Test
    void comparesWhatIsStoredAndTrainsNothing() {
        Experiment experiment = ablate.experiment("or", SPEC);
        assertThat(experiment.compare().outcomes()).isEmpty();
        assertThat(experiment.compare().report().tally()).isEqualTo("0 runs there, 4 missing");
        ExperimentResult trained = experiment.run(options());
        ExperimentResult stored = experiment.compare();
        assertThat(stored.outcomes()).hasSize(4).allMatch(Outcome::reused);
        assertThat(stored.sentence()).isEqualTo(trained.sentence());
        assertThat(experiment.run(options()).outcomes()).allMatch(Outcome::reused);
        assertThat(experiment.models(List.of("bias")).models()).hasSize(1);
    }

    @Test
    void aReportWithoutARunIsRefused() {
        ExperimentResult stored = ablate.experiment("or", SPEC).report();
        assertThatThrownBy(() -> stored.writeReport(folder.resolve("page.html")))
                .isInstanceOf(RequestException.class)
                .hasMessage("no run of it has ended, so there is nothing to show; to run it: ablate run or");
        assertThat(folder.resolve("page.html")).doesNotExist();
    }

    // ---- what is wrong

    @Test
    void reportsAllProblemsWithTheirPlaces() {
        Experiment wrong =
                ablate.experiment("or", SPEC.replace("or-gate", "or-gat").replace("bias: true", "bias: 7"));
        assertThat(wrong.problems())
                .hasSize(2)
                .allMatch(problem -> problem.severity() == Problem.Severity.ERROR)
                .extracting(problem -> problem.at().orElseThrow().toString())
                .containsExactly("or.yaml:3:20", "or.yaml:6:35");
        assertThatThrownBy(() -> wrong.run(options()))
                .isInstanceOfSatisfying(
                        SpecException.class, e -> assertThat(e.problems()).isEqualTo(wrong.problems()));
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void namesWhatThereIsWhereANameIsUnknown() {
        assertThatThrownBy(() -> ablate.experiment(folder.resolve("none.yaml")))
                .isInstanceOf(RequestException.class)
                .hasMessage("no file '" + folder.resolve("none.yaml") + "'");
        assertThatThrownBy(() -> ablate.experiment("none")).hasMessage("no file and no experiment 'none'");
        Experiment experiment = ablate.experiment("or", SPEC);
        assertThatThrownBy(() -> experiment.run(options().only(List.of("bais"))))
                .isInstanceOf(UnknownVariantException.class)
                .hasMessage("no variant 'bais'; did you mean 'bias'?\n    variants: bias, no-bias");
        assertThatThrownBy(() -> experiment.explain(Optional.empty(), 1, OptionalInt.empty()))
                .isInstanceOf(RequestException.class)
                .hasMessage("trainer 'descent' of variant 'bias' does not explain how it makes an update");
    }

    @Test
    void readsNoEnvironmentByItself() {
        String name = System.getenv().keySet().stream()
                .filter(each -> each.matches("[A-Z]+"))
                .findFirst()
                .orElseThrow();
        String spec = SPEC.replace("updates: 400", "updates: \"${env:" + name + "}\"");
        assertThat(ablate.experiment("or", spec).problems())
                .first()
                .satisfies(problem -> assertThat(problem.message()).contains(name));
        try (Ablate given = builder().environment(Map.of(name, "9")).build()) {
            assertThat(given.experiment("or", spec).plan().runs())
                    .extracting(run -> run.trainer().options())
                    .first()
                    .isEqualTo(new DescentPlugin.Options(9, true, 0));
        }
    }

    // ---- several experiments

    @Test
    void cancelsOneOfTwoExperimentsAndFinishesTheOther() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Cancellation cancellation = new Cancellation();
        RunListener listener = new RunListener() {
            @Override
            public void at(PlannedRun run, long update, long total) {
                begun.countDown();
            }
        };
        FutureTask<ExperimentResult> endless = new FutureTask<>(() -> ablate.experiment("endless", ENDLESS)
                .run(options().listener(listener).cancellation(cancellation)));
        new Thread(endless, "endless").start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        ExperimentResult other = ablate.experiment("or", SPEC).run(options());
        assertThat(other.outcomes())
                .hasSize(4)
                .allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
        assertThat(endless.isDone()).isFalse();

        cancellation.cancel();
        ExperimentResult ended = endless.get();
        assertThat(ended.cancelled()).isTrue();
        assertThat(ended.outcomes())
                .isNotEmpty()
                .allMatch(outcome -> outcome.record().status() == RunStatus.KILLED);
        assertThat(ablate.store().comparisons())
                .filteredOn(comparison -> comparison.ended().isPresent())
                .extracting(comparison -> comparison.name())
                .containsExactly("or");
    }

    @Test
    void reportsWhatWasSubmittedAndHasNotFinished() {
        try (Ablate elsewhere = builder()
                .executor(store -> (plan, options, progress, cancellation) -> new Execution(List.of(), plan.runs()))
                .build()) {
            ExperimentResult result = elsewhere.experiment("or", SPEC).run(options());
            assertThat(result.pending()).hasSize(4);
            assertThat(result.outcomes()).isEmpty();
            assertThat(elsewhere.store().comparisons())
                    .singleElement()
                    .satisfies(comparison -> assertThat(comparison.ended()).isEmpty());
            assertThat(result.comparison().effects())
                    .allSatisfy(effect -> assertThat(effect.verdict()).isEqualTo(Verdict.UNDECIDED));
        }
    }

    @Test
    void whatIsQueuedIsPendingUntilItHasEnded() {
        try (Ablate elsewhere = builder()
                .executor(store -> (plan, options, progress, cancellation) -> {
                    plan.runs().forEach(run -> store.submit(run, Set.of()));
                    return new Execution(List.of(), plan.runs());
                })
                .build()) {
            ExperimentResult result = elsewhere.experiment("or", SPEC).run(options());
            assertThat(result.comparison().findings().observations())
                    .hasSize(4)
                    .allMatch(run -> run.status() == RunStatus.QUEUED);
            ExperimentResult later = elsewhere.experiment("or", SPEC).report();
            assertThat(later.pending())
                    .extracting(run -> run.key())
                    .containsExactlyElementsOf(
                            result.pending().stream().map(run -> run.key()).toList());
            assertThat(later.outcomes()).isEmpty();
            assertThat(later.comparison().findings().observations())
                    .isEqualTo(result.comparison().findings().observations());
        }
        assertThat(ablate.experiment("or", SPEC).run(options()).outcomes())
                .hasSize(4)
                .allMatch(outcome -> outcome.record().status() == RunStatus.FINISHED);
        assertThat(ablate.experiment("or", SPEC).report().pending()).isEmpty();
    }

    // ---- delivery

    @Test
    void deliversToItsTrackerAndSaysWhereTheRunsAre() {
        try (Ablate tracked = builder().tracker(new Memory()).build()) {
            ExperimentResult result = tracked.experiment("or", SPEC).run(options());
            assertThat(result.tracked()).hasValueSatisfying(delivered -> {
                assertThat(delivered.complete()).isTrue();
                assertThat(delivered.lines()).containsExactly("In memory: memory:/grouped");
                assertThat(delivered.tracking().parent()).contains("memory:/parent");
            });
            assertThat(tracked.store().comparisons())
                    .extracting(comparison -> comparison.experiment())
                    .containsExactly("or in memory");
        }
        ExperimentResult alone = ablate.experiment("or", SPEC).run(options());
        assertThat(alone.tracked()).contains(RunTracking.Tracked.NONE);
    }

    /** A tracker that says what one would say that has everything. */
    private static final class Memory implements Tracker {

        private static final Destination PLACE = new Destination() {
            @Override
            public String id() {
                return "memory";
            }

            @Override
            public URI address() {
                return URI.create("memory:/");
            }
        };

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public Optional<Destination> destination(Optional<String> named) {
            return Optional.of(PLACE);
        }

        @Override
        public Optional<Destination> own() {
            return Optional.empty();
        }

        @Override
        public String experiment(Optional<String> named, Optional<String> spec, String comparison) {
            return comparison + " in memory";
        }

        @Override
        public Delivery begin(RunStore store, Destination destination, Purpose purpose) {
            Set<String> watched = new HashSet<>();
            return new Delivery() {
                @Override
                public Destination destination() {
                    return destination;
                }

                @Override
                public void watch(String comparison) {
                    watched.add(comparison);
                }

                @Override
                public Report finish(Duration patience) {
                    String key = watched.iterator().next();
                    assertThat(store.comparison(key).orElseThrow().ended()).isPresent();
                    return new Report(
                            watched,
                            0,
                            Optional.empty(),
                            "",
                            Map.of(),
                            Map.of(),
                            Map.of(key, "memory:/grouped"),
                            Map.of(key, "memory:/parent"),
                            List.of());
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public boolean isComplete(
                RunStore store, ComparisonRecord comparison, Map<Long, DeliveryLedger.Entry> entries) {
            return true;
        }
    }
}
