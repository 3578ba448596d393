package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.plugin.PluginEntry.Kind;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker does: it finds plugins in folders, and makes what a run needs of plain data that came as JSON. */
class PlainPluginsTest {

    private static final Gson GSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    @TempDir
    private Path folder;

    private Plugins plugins = Plugins.find(new URLClassLoader(new URL[0], null), List.of());

    @BeforeEach
    void find() {
        new JarMaker(folder)
                .module("acme.A", """
                        dataset("spread", Spread.class).to((Spread o) -> Dataset.regression(
                            Examples.of(List.of("x"), o.xs().stream().mapToDouble(x -> x).toArray(), new double[o.xs().size()]),
                            "y", Map.of(), o.rate().toString()));
                        trainer("constant", Constant.class).to(new Always());
                        """)
                .with(
                        "package acme;\n" + JarMaker.IMPORTS
                                + "public record Spread(@Option(help = \"h\") List<Double> xs, @Option(help = \"h\") Rate rate) {}")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        @ReadBy(RateType.class)
                        public record Rate(double perHour) {}
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        final class RateType implements OptionType<Rate> {
                          public String words() { return "{ per_hour: number }"; }
                          public Optional<Rate> read(OptionValue value) {
                            return value.entries(List.of("per_hour"), List.of()).flatMap(e -> e.get("per_hour").number()).map(Rate::new);
                          }
                          public Object write(Rate rate) { return Map.of("per_hour", rate.perHour()); }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + "public record Constant(Answer answer) {}")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public record Answer(@Option(help = \"h\", fallback = \"0\") double always) {}")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Always implements Trainer<Constant> {
                          public Model train(Constant o, Training t) { throw new IllegalStateException("not now"); }
                          public Model restore(Constant o, Schema s, InputStream in) {
                            return new Model() {
                              public void predict(Matrix rows, double[] answers) { Arrays.fill(answers, o.answer().always()); }
                              public void write(OutputStream out) {}
                              public Map<String, Double> parameters() { return Map.of(); }
                            };
                          }
                        }
                        """)
                .make("plugins/acme/acme.jar");
        plugins = Plugins.find(new URLClassLoader(new URL[0], null), List.of(folder.resolve("plugins")));
        assertThat(plugins.broken()).isEmpty();
    }

    @Test
    void aDatasetIsOpenedByItsNameAndPlainData() {
        BoundDataset dataset = plugged(Kind.DATASET, "spread")
                .dataset(options(Kind.DATASET, "spread", "{\"xs\": [1, 2.5], \"rate\": {\"per_hour\": 0.1}}"));
        assertThat(dataset.open().source()).isEqualTo("Rate[perHour=0.1]");
        assertThat(dataset.open().examples().rows().toArray()).containsExactly(1, 2.5);
    }

    @Test
    void aTrainerIsMadeByItsNameAndPlainDataOfRecordsThatItNests() {
        Record options = options(Kind.TRAINER, "constant", "{\"always\": 0.1}");
        BoundTrainer trainer = plugged(Kind.TRAINER, "constant").trainer(options);
        double[] answers = new double[2];
        trainer.restore(new Schema(List.of(), OptionalLong.empty(), ""), InputStream.nullInputStream())
                .predict(Matrix.of(1, 0, 0), answers);
        assertThat(answers).containsExactly(0.1, 0.1);
        // and goes out as it came in
        OptionsRecord record = plugged(Kind.TRAINER, "constant").options();
        assertThat(GSON.toJson(record.written(options))).isEqualTo("{\"always\":0.1}");
    }

    @Test
    void whatIsNotAValueIsReportedWithTheNameOfThePlugin() {
        assertThatThrownBy(() -> options(Kind.DATASET, "spread", "{\"xs\": [true], \"rate\": {}}"))
                .isInstanceOf(PluginException.class)
                .hasMessage(
                        "dataset 'spread' of acme.jar cannot be used: the options record acme.Spread cannot be made:"
                                + " item 1 of xs must be a number, got true; rate must have the key per_hour");
    }

    private Record options(Kind kind, String name, String json) {
        Map<?, ?> data = GSON.fromJson(json, Map.class);
        Map<String, Object> byName = new HashMap<>();
        data.forEach((key, value) -> byName.put(key.toString(), value));
        Plugged plugged = plugged(kind, name);
        return plugged.options(byName);
    }

    private Plugged plugged(Kind kind, String name) {
        return Objects.requireNonNull(plugins.of(kind).get(name));
    }
}
