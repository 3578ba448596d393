package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.report.html.chart.Chart;
import dev.ablate.engine.report.html.chart.Charts;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.picture.Pictures;
import dev.ablate.engine.report.text.Detail;
import dev.ablate.engine.report.text.MarkdownNote;
import dev.ablate.engine.report.text.MarkdownReport;
import dev.ablate.engine.report.text.TextReport;
import dev.ablate.worker.spec.ScaleSettings.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of weights is true of them: which counts most is said of one neuron, trained, on features of one scale. */
class WeightsTest {

    private static final String LONGER = "The longer a bar, the more its feature counts";

    /** Income in thousands decides, the noise is small: its weight is the largest where nothing is scaled. */
    private static final Dataset CREDIT = Dataset.classification(
            Examples.of(
                    List.of("income", "ratio", "noise"),
                    new double[] {98_000, 0.2, 0.1, 12_000, 0.4, 0.3, 70_000, 0.3, 0.2, 20_000, 0.1, 0.4},
                    new double[] {1, 0, 1, 0}),
            "approved",
            "");

    @Test
    void whichFeatureWeighsMostIsNotSaidOfUnscaledFeatures() {
        Comparison comparison = credit(new Trial("bias", "no-bias").on(CREDIT)).compare();
        assertThat(words(comparison)).doesNotContain("weighs most", "+++");
        assertThat(text(comparison))
                .doesNotContain("weighs most")
                .doesNotContain("++++")
                .contains("income  -0.0001", "Weights of unscaled features cannot be compared")
                .contains("scale: { features: standard }")
                .containsOnlyOnce("cannot be compared");
        assertThat(MarkdownNote.render(report(comparison))).doesNotContain("weighs most");
        assertThat(MarkdownReport.render(report(comparison)))
                .doesNotContain("weighs most")
                .containsOnlyOnce("Weights of unscaled features cannot be compared");
        assertThat(caption(comparison)).doesNotContain(LONGER).contains("unscaled features cannot be compared");
    }

    @Test
    void itIsSaidOfScaledOnes() {
        Comparison comparison = credit(new Trial("bias", "no-bias").on(CREDIT).scaled(Method.STANDARD))
                .compare();
        assertThat(words(comparison)).contains("bias: noise (9.5) weighs most, income (-0.0001) least.");
        assertThat(text(comparison)).contains("++++++++++").doesNotContain("cannot be compared");
        assertThat(caption(comparison)).startsWith(LONGER);
    }

    @Test
    void itIsNotSaidOfWeightsThatNobodyTrained() {
        Comparison comparison = credit(new Trial("bias", "no-bias")
                        .on(CREDIT)
                        .scaled(Method.STANDARD)
                        .updates(0))
                .compare();
        assertThat(words(comparison)).doesNotContain("weighs most");
        assertThat(text(comparison))
                .doesNotContain("++++")
                .containsOnlyOnce("Nothing was trained (0 updates): these are the weights that it began with.");
        assertThat(caption(comparison)).doesNotContain(LONGER).contains("Nothing was trained");
    }

    @Test
    void itIsNotSaidWhereSeedsDisagree() {
        Trial trial =
                new Trial("one").on(CREDIT).scaled(Method.MAX).seeds(1L, 2L).mse();
        trial.finished("one", 1, false, Map.of("train/mse", 0.25), numbers(5.0, 1.0, 2.0), List.of());
        trial.finished("one", 2, false, Map.of("train/mse", 0.25), numbers(1.0, 0.5, 2.0), List.of());
        assertThat(words(trial.compare())).doesNotContain("weighs most");
    }

    @Test
    void norOfWeightsThatArePrintedAlike() {
        Trial trial = new Trial("one").on(CREDIT).scaled(Method.MAX).mse();
        trial.finished("one", 1, true, Map.of("train/mse", 0.25), numbers(5.0, 5.0000001, 2.0), List.of());
        assertThat(words(trial.compare())).doesNotContain("weighs most");
    }

    @Test
    void weightsOfHiddenLayersHaveNoMean() {
        Trial trial = new Trial("mlp", "neuron").seeds(1L, 2L).mse();
        for (long seed = 1; seed <= 2; seed++) {
            // the same function, with its two units the other way round
            double first = seed == 1 ? 4 : -4;
            Map<String, Double> layers =
                    Trials.numbers("layer1/x1/1", first, "layer1/x1/2", -first, "layer1/x2/1", 1.0, "layer1/x2/2", 1.0);
            trial.finished("mlp", seed, false, Map.of("train/mse", 0.25), layers, List.of());
            trial.finished(
                    "neuron", seed, false, Map.of("train/mse", 0.25), Trials.numbers("x1", 2.0, "x2", 1.0), List.of());
        }
        Comparison comparison = trial.compare();
        assertThat(text(comparison))
                .doesNotContain("layer1")
                .contains("Weights of hidden layers (mlp 4) have no mean over seeds: -v", "weight  neuron\n");
        assertThat(TextReport.of(report(comparison), Map.of(), Style.PLAIN, Detail.ALL)
                        .whole())
                .contains("Weights of seed 1\nweight       mlp\nlayer1/x1/1    4\n");
        assertThat(chart(comparison).legend())
                .extracting(Object::toString)
                .hasSize(1)
                .allMatch(entry -> entry.contains("neuron"));
    }

    @Test
    void whatIsLeftOfWeightsIsNotABar() {
        Trial trial = new Trial("one", "crushed").mse();
        trial.finished("one", 1, true, Map.of("train/mse", 0.25), Trials.numbers("x1", 2.0, "x2", 1.0), List.of());
        trial.finished(
                "crushed", 1, true, Map.of("train/mse", 0.25), Trials.numbers("x1", 1e-11, "x2", 2e-11), List.of());
        assertThat(text(trial.compare()).lines().filter(line -> line.startsWith("x")))
                .containsExactly("x1        2  ++++++++++    1e-11", "x2        1  +++++         2e-11");
        Trial alone = new Trial("crushed").mse();
        alone.finished(
                "crushed", 1, true, Map.of("train/mse", 0.25), Trials.numbers("x1", 1e-11, "x2", 2e-11), List.of());
        assertThat(text(alone.compare()).lines().filter(line -> line.startsWith("x")))
                .as("with nothing beside them that is larger")
                .containsExactly("x1        1e-11", "x2        2e-11");
    }

    private static Trial credit(Trial trial) {
        trial.mse();
        for (String variant : List.of("bias", "no-bias")) {
            trial.finished(variant, 1, true, Map.of("train/mse", 0.25), numbers(-0.0001, 0.5, 9.5), List.of());
        }
        return trial;
    }

    private static Map<String, Double> numbers(double income, double ratio, double noise) {
        return Trials.numbers("income", income, "ratio", ratio, "noise", noise);
    }

    private static String words(Comparison comparison) {
        return String.join("\n", report(comparison).insights());
    }

    private static String text(Comparison comparison) {
        return TextReport.render(report(comparison), Style.PLAIN);
    }

    private static Report report(Comparison comparison) {
        return Report.of(comparison, Trials.asked("ablate run credit.yaml"));
    }

    private static String caption(Comparison comparison) {
        return chart(comparison).note();
    }

    private static Chart chart(Comparison comparison) {
        return Charts.of(report(comparison), Pictures.NONE).stream()
                .filter(chart -> chart.title().equals("Weights by name"))
                .findFirst()
                .orElseThrow();
    }
}
