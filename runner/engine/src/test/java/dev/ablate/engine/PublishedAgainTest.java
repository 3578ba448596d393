package dev.ablate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.runs.sqlite.Sql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of a comparison are drawn once, as long as nothing that they are made of is another one. */
class PublishedAgainTest {

    private static final String SPEC = """
            version: 1
            name: or
            dataset: { plugin: or-gate }
            trainer: { plugin: neuron, epochs: 3 }
            seeds: [1, 2]
            variants: { fast: { trainer.learning_rate: 0.5 }, slow: { trainer.learning_rate: 0.1 } }
            compare: { baseline: slow }
            """;

    /** Stands in the place of a document, to see whether it is drawn again. */
    private static final String MARK = "drawn before";

    @TempDir
    private Path home;

    private Map<String, byte[]> drawn = Map.of();

    private Ablate ablate(Optional<String> code) {
        return Ablate.builder()
                .home(home)
                .plugins(TestPlugins.loader(TestPlugins.class))
                .code(() -> code)
                .build();
    }

    private String run(Optional<String> code, Function<Ablate, Experiment> experiment, RunOptions options) {
        try (Ablate ablate = ablate(code)) {
            ExperimentResult result = experiment.apply(ablate).run(options);
            String key = result.comparison().plan().key();
            assertThat(ablate.store().comparison(key).orElseThrow().ended()).isPresent();
            drawn = ablate.store().files(key);
            return new String(drawn.getOrDefault("report.md", new byte[0]), StandardCharsets.UTF_8);
        }
    }

    private static Experiment plain(Ablate ablate) {
        return ablate.experiment("or", SPEC);
    }

    private void mark() throws Exception {
        try (Sql sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + home.resolve("runs.db")))) {
            sql.change("UPDATE file SET content = ? WHERE path = 'report.md'", MARK.getBytes(StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void runOnce() throws Exception {
        run(Optional.of("1"), PublishedAgainTest::plain, RunOptions.defaults());
        mark();
    }

    @Test
    void areKeptWhereAllIsTheSame() {
        for (int time = 0; time < 2; time++) {
            assertThat(run(Optional.of("1"), PublishedAgainTest::plain, RunOptions.defaults()))
                    .isEqualTo(MARK);
        }
    }

    @Test
    void areDrawnAsTheyWereByAnotherProgram() {
        Map<String, byte[]> before = Map.copyOf(drawn);
        assertThat(run(Optional.of("2"), PublishedAgainTest::plain, RunOptions.defaults()))
                .isNotEqualTo(MARK);
        assertThat(drawn.keySet()).isEqualTo(before.keySet());
        drawn.forEach((path, content) -> assertThat(content).as(path).isEqualTo(before.get(path)));
    }

    @Test
    void areDrawnWhereTheProgramIsNotKnown() throws Exception {
        for (int time = 0; time < 2; time++) {
            assertThat(run(Optional.empty(), PublishedAgainTest::plain, RunOptions.defaults()))
                    .isNotEqualTo(MARK);
            mark();
        }
    }

    @Test
    void areDrawnWhereAnythingElseIsAnotherOne() throws Exception {
        Map<String, Function<Ablate, Experiment>> others = Map.of(
                "a seed more", ablate -> plain(ablate).seeds(1, 2, 3),
                "a seed less", ablate -> plain(ablate).seeds(1),
                "other words", ablate -> plain(ablate).typedWith(List.of("--verbose")),
                "a description", ablate -> ablate.experiment("or", SPEC + "description: of two rates\n"),
                "another name of the file", ablate -> ablate.experiment("other", SPEC),
                "rows to predict", ablate -> ablate.experiment("or", SPEC + "predict: [[0, 1]]\n"));
        for (Map.Entry<String, Function<Ablate, Experiment>> other : others.entrySet()) {
            run(Optional.of("1"), PublishedAgainTest::plain, RunOptions.defaults());
            mark();
            assertThat(run(Optional.of("1"), other.getValue(), RunOptions.defaults()))
                    .as(other.getKey())
                    .isNotEqualTo(MARK);
            mark();
        }
    }

    @Test
    void areDrawnWhereRunsAreTrainedAgain() {
        assertThat(run(
                        Optional.of("1"),
                        PublishedAgainTest::plain,
                        RunOptions.defaults().force(true)))
                .isNotEqualTo(MARK);
    }

    @Test
    void areDrawnWhereFewerVariantsAreAskedFor() {
        assertThat(run(
                        Optional.of("1"),
                        PublishedAgainTest::plain,
                        RunOptions.defaults().only(List.of("fast"))))
                .isNotEqualTo(MARK);
    }
}
