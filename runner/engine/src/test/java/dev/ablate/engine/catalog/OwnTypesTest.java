package dev.ablate.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Task;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.JarMaker;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Value classes and nested records of a plugin's own, in a jar, as a spec gives them. */
class OwnTypesTest {

    @TempDir
    private static Path folder;

    private static Catalog catalog = Catalog.find(new URLClassLoader(new URL[0], null), Path.of("plugins"));

    private final Problems problems = new Problems();

    @BeforeAll
    static void make() {
        new JarMaker(folder)
                .module("acme.A", "trainer(\"own\", Own.class).to(new Idle());")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        public record Own(
                            Pace pace,
                            @Option(help = "how often", fallback = "{ per_hour: 2 }", above = 0) Rate rate,
                            @Option(help = "what for") Optional<List<Rate>> rates,
                            @Option(help = "a file and its weight") Optional<Weighed> weighed,
                            @Option(help = "how it is", fallback = "fine") Mood mood) {
                          public Own { pace = new Pace(pace.learningRate(), pace.epochs() + 0, Optional.of(pace.name().orElse("unnamed"))); }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        public record Pace(
                            @Option(help = "how far", above = 0) double learningRate,
                            @Option(help = "how long", fallback = "7", byTask = @Option.ForTask(task =
                                dev.ablate.core.data.Task.REGRESSION, fallback = "9")) int epochs,
                            @Option(help = "for people") Optional<String> name) {
                          public Pace {
                            Refused.Reasons reasons = Refused.reasons();
                            reasons.addIf(learningRate > 1 && epochs > 10, "epochs", "too many for learning_rate");
                            reasons.throwIfAny();
                          }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "@ReadBy(RateType.class) public record Rate(double perHour) {}")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        final class RateType implements OptionType<Rate> {
                          public String words() { return "{ per_hour: number }"; }
                          public String plural() { return "rates"; }
                          public Optional<Rate> read(OptionValue value) {
                            return value.entries(List.of("per_hour"), List.of("note")).flatMap(e -> e.get("per_hour").number()).map(Rate::new);
                          }
                          public Object write(Rate rate) { return Map.of("per_hour", rate.perHour()); }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "@ReadBy(WeighedType.class) public record Weighed(java.nio.file.Path file, String unit) {}")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class WeighedType implements OptionType<Weighed> {
                          public String words() { return "{ file: path, unit: text }"; }
                          public Optional<Weighed> read(OptionValue value) {
                            return value.entries(List.of("file", "unit"), List.of()).flatMap(e -> e.get("file").path()
                                .flatMap(file -> e.get("unit").text().map(unit -> new Weighed(file, unit))));
                          }
                          public Object write(Weighed w) { return Map.of("unit", w.unit(), "file", w.file()); }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + "@ReadBy(MoodType.class) public enum Mood { FINE }")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class MoodType implements OptionType<Mood> {
                          public String words() { return "a mood"; }
                          public Optional<Mood> read(OptionValue value) {
                            if (value.text().equals(Optional.of("angry"))) throw new IllegalStateException("calm down");
                            return value.text().filter("fine"::equals).map(x -> Mood.FINE);
                          }
                          public Object write(Mood mood) { return "fine"; }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Idle implements Trainer<Own> {
                          public Model train(Own o, Training t) { return null; }
                          public Model restore(Own o, Schema schema, InputStream in) { return null; }
                        }
                        """)
                .make("plugins/acme/acme.jar");
        catalog = Catalog.find(new URLClassLoader(new URL[0], null), folder.resolve("plugins"));
        assertThat(catalog.broken()).isEmpty();
    }

    @Test
    void describesThemBesideTheOthersByTheirOwnWords() {
        assertThat(catalog.describe(Kind.TRAINER, "own").orElseThrow().options())
                .extracting(OptionDescription::toString)
                .containsExactly(
                        "learning_rate: number, greater than 0, required; how far",
                        "epochs: whole number, default 7 (regression: 9); how long",
                        "name: text; for people",
                        "rate: { per_hour: number }, greater than 0, default { per_hour: 2 }; how often",
                        "rates: list of rates; what for",
                        "weighed: { file: path, unit: text }; a file and its weight",
                        "mood: a mood, default fine; how it is");
    }

    @Test
    void readsThemAndWritesThemInOneWay() {
        Bound<BoundTrainer> bound = bind("{ learning_rate: 1, rates: [{ per_hour: 3 }, { note: x, per_hour: 1e-9 }] }")
                .orElseThrow();
        assertThat(problems.all()).isEmpty();
        assertThat(bound.component().options())
                .hasToString(
                        "Own[pace=Pace[learningRate=1.0, epochs=9, name=Optional[unnamed]], rate=Rate[perHour=2.0],"
                                + " rates=Optional[[Rate[perHour=3.0], Rate[perHour=1.0E-9]]], weighed=Optional.empty, mood=FINE]");
        assertThat(bound.options())
                .extracting(option -> option.name() + ": " + option.text())
                .containsExactly(
                        "epochs: 9",
                        "learning_rate: 1.0",
                        "mood: fine",
                        "name: unnamed",
                        "rate: { per_hour: 2.0 }",
                        "rates: [{ per_hour: 3.0 }, { per_hour: 1.0E-9 }]");
        assertThat(bound.keyLeaves(problems).orElseThrow())
                .containsEntry("trainer.rate", "{ per_hour: 2.0 }")
                .containsEntry("trainer.epochs", "9")
                .hasSize(8);
    }

    @Test
    void aFileInAValueCountsByWhatItHoldsAndMovesWithItsSpec() throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), "1,2\n");
        BoundOption weighed = bind("{ learning_rate: 1, weighed: { file: data.csv, unit: kg } }")
                .orElseThrow()
                .option("weighed")
                .orElseThrow();
        assertThat(weighed.text()).isEqualTo("{ file: data.csv, unit: kg }");
        String key = weighed.keyText();
        assertThat(key).matches("\\{ file: \"sha256:[0-9a-f]{64}\", unit: kg }");
        Files.writeString(data, "1,3\n");
        assertThat(weighed.keyText()).isNotEqualTo(key);
        assertThat(weighed.names(data + ":1:2")).isTrue();
        assertThat(weighed.settingIn(folder.resolve("deeper")).orElseThrow().value())
                .hasToString("{ file: \"../data.csv\", unit: kg }");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ learning_rate: 1, rate: { per_hour: 0 } } | trainer.rate.per_hour must be greater than 0, got 0",
                "{ learning_rate: 1, rate: { perhour: 1 } } | unknown key 'perhour' in trainer.rate",
                "{ learning_rate: 1, rate: {} } | trainer.rate must have the key per_hour",
                "{ learning_rate: 0 } | trainer.learning_rate must be greater than 0, got 0",
                "{ epochs: 1 } | trainer 'own' needs learning_rate",
                "{ learning_rate: 2, epochs: 11 } | trainer.epochs: too many for learning_rate",
                "{ learning_rate: 1, mood: odd } | trainer.mood must be a mood, got 'odd'",
                "{ learning_rate: 1, mood: angry } | trainer 'own' of acme.jar cannot be used: java.lang.IllegalStateException: calm down",
            })
    void reportsWhatIsWrongAsForAnyOther(String options, String message) {
        assertThat(bind(options)).isEmpty();
        assertThat(problems.all()).extracting(Problem::message).containsExactly(message);
    }

    private Optional<Bound<BoundTrainer>> bind(String options) {
        Position at = new Position("spec.yaml", 1, 1, 1, options, folder);
        Node.Mapping given =
                (Node.Mapping) placed(NodeReader.read("spec", options, problems).orElseThrow(), at);
        Map<String, Setting> settings = new LinkedHashMap<>();
        given.entries()
                .forEach((key, entry) ->
                        settings.put(key, new Setting("trainer." + key, at, entry.value(), Optional.empty())));
        Node own = new Node.Scalar(at, Node.Kind.TEXT, "own", "own");
        Block block = new Block(at, Optional.of(new Setting("trainer.plugin", at, own, Optional.empty())), settings);
        return catalog.trainer(block, Optional.of(Task.REGRESSION), problems);
    }

    /** The same in a file. */
    private static Node placed(Node node, Position at) {
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(
                    at, sequence.items().stream().map(item -> placed(item, at)).toList());
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> entries.put(key, new Node.Entry(at, placed(entry.value(), at))));
            return new Node.Mapping(at, entries);
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return new Node.Scalar(at, scalar.kind(), scalar.text(), scalar.written());
    }
}
