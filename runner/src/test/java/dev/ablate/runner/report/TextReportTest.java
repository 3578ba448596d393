package dev.ablate.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.runner.compare.Comparison;
import dev.ablate.runner.compare.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("it sets the locale of all")
class TextReportTest {

    @Test
    void tellsTheOrGate() throws IOException {
        assertThat(render(Trials.orGate(), "ablate run or-gate-bias")).isEqualTo(golden("or-gate-bias.txt"));
    }

    @Test
    void tellsOfChanceOfFailuresAndOfRowsThatContradictEachOther() throws IOException {
        assertThat(render(Trials.virus(), "ablate run virus.yaml")).isEqualTo(golden("virus.txt"));
    }

    @Test
    void tellsWhatTenSeedsSayWithATestAndAMissingPair() throws IOException {
        assertThat(render(Trials.tenSeeds(), "ablate run ten.yaml")).isEqualTo(golden("ten-seeds.txt"));
    }

    @Test
    void tellsASweepCellByCell() throws IOException {
        assertThat(render(Trials.sweep(), "ablate run sweep.yaml")).isEqualTo(golden("sweep.txt"));
    }

    @Test
    void tellsSplitsInTheUnitsOfTheData() throws IOException {
        assertThat(render(Trials.splits(), "ablate run splits.yaml")).isEqualTo(golden("splits.txt"));
    }

    @Test
    void givesEveryGoldenTextEightyColumns() throws IOException {
        for (String name : List.of("virus.txt", "ten-seeds.txt", "sweep.txt", "splits.txt")) {
            assertThat(golden(name).lines()).as(name).allMatch(line -> line.length() <= 80);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "tr", "ar-EG-u-nu-arab"})
    void readsTheSameInEveryLocale(String tag) throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(render(Trials.orGate(), "ablate run or-gate-bias")).isEqualTo(golden("or-gate-bias.txt"));
            assertThat(render(Trials.virus(), "ablate run virus.yaml")).isEqualTo(golden("virus.txt"));
            assertThat(render(Trials.splits(), "ablate run splits.yaml")).isEqualTo(golden("splits.txt"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void staysWithinEightyColumnsHoweverManyVariants() {
        String[] variants = IntStream.range(0, 12).mapToObj(i -> "variant-" + i).toArray(String[]::new);
        Trial trial = new Trial(variants).mse().predict(List.of(List.of(0.0, 1.0)));
        for (String variant : variants) {
            trial.finished(
                    variant,
                    1,
                    true,
                    Map.of("train/mse", 0.123456),
                    Trials.numbers("x1", 12.3456, "x2", -0.00123456),
                    List.of(0.25));
        }
        String text = render(trial.compare(), "ablate run many.yaml");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(text).contains(variants);
    }

    @Test
    void saysWhatCameOutWhereNothingIsCompared() {
        String text = render(new Trial("default").mse().fixed("default", 0.125).compare(), "ablate run one.yaml");
        assertThat(text).startsWith("default: train/mse is 0.125.\n").doesNotContain("against");
    }

    @Test
    void saysThatRunsWereReusedAndHowToRunThemAgain() {
        String text = render(
                new Trial("a", "b").mse().fixed("a", 1).fixed("b", 2).reused().compare(), "ablate run x.yaml");
        assertThat(text).endsWith("0 run, 2 reused\nTo run it all again: ablate run x.yaml --force\n");
    }

    @Test
    void coloursWordsAndNotTheSpaceAroundThem() {
        String text = TextReport.render(Report.of(Trials.orGate(), Trials.asked("ablate run x")), Style.COLOURED);
        assertThat(text).contains("\u001b[32mbetter\u001b[0m").startsWith("\u001b[1mbias: ");
        assertThat(text.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(render(Trials.orGate(), "ablate run x"));
    }

    @Test
    void letsNoNameSpeakToTheTerminal() {
        Comparison comparison = new Trial("\u001b[2Ja", "b\u202e")
                .named("x", "line\nbreak\u0007")
                .mse()
                .failed("\u001b[2Ja", 1, 0, "\u001b]0;owned\u0007")
                .fixed("b\u202e", 1)
                .compare();
        String text = render(comparison, "ablate run x");
        assertThat(text.codePoints().filter(c -> c != '\n'))
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        assertThat(text).contains("\\u001b[2Ja").contains("line\\nbreak\\u0007");
    }

    private static String render(Comparison comparison, String command) {
        return TextReport.render(Report.of(comparison, Trials.asked(command)), Style.PLAIN);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TextReportTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
