package dev.ablate.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import dev.ablate.engine.report.layout.Style;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void reportsTheOrGate() throws IOException {
        assertGolden(render(Trials.orGate(), "ablate run or-gate-bias"), "or-gate-bias.txt");
    }

    @Test
    void saysWhatIsChanceWhatFailedAndWhichRowsContradictEachOther() throws IOException {
        assertGolden(render(Trials.virus(), "ablate run virus.yaml"), "virus.txt");
    }

    @Test
    void reportsWhatTenSeedsSayWithATestAndAMissingPair() throws IOException {
        assertGolden(render(Trials.tenSeeds(), "ablate run ten.yaml"), "ten-seeds.txt");
    }

    @Test
    void reportsASweepCellByCell() throws IOException {
        assertGolden(render(Trials.sweep(), "ablate run sweep.yaml"), "sweep.txt");
    }

    @Test
    void reportsSplitsInTheUnitsOfTheData() throws IOException {
        assertGolden(render(Trials.splits(), "ablate run splits.yaml"), "splits.txt");
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
            assertGolden(render(Trials.orGate(), "ablate run or-gate-bias"), "or-gate-bias.txt");
            assertGolden(render(Trials.virus(), "ablate run virus.yaml"), "virus.txt");
            assertGolden(render(Trials.splits(), "ablate run splits.yaml"), "splits.txt");
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
    void theSentenceIsTheLastThatIsReadWhereTheFirstOneScrollsAway() {
        Report report = Report.of(Trials.virus(), Trials.asked("ablate run virus.yaml"));
        TextReport text = TextReport.of(report, Map.of(), Style.PLAIN, Detail.BRIEF);
        List<String> lines = text.whole().lines().toList();
        assertThat(lines.subList(lines.size() - 3, lines.size())).containsExactly("", lines.get(0), lines.get(1));
        assertThat(text.body() + text.closing()).isEqualTo(text.whole());
        Report small =
                Report.of(new Trial("default").mse().fixed("default", 0.125).compare(), Trials.asked("x"));
        assertThat(TextReport.of(small, Map.of(), Style.PLAIN, Detail.BRIEF).closing())
                .as("on one screen")
                .isEmpty();
    }

    @Test
    void showsOfManyRowsTheFirstOnesAndAllOfThemToThoseWhoAsk() {
        String[] rates = IntStream.range(0, 30).mapToObj(i -> "0." + (100 + i)).toArray(String[]::new);
        Trial trial = new Trial("a", "b").sweep("trainer.learning_rate", rates).mse();
        for (int cell = 0; cell < rates.length; cell++) {
            trial.in(cell).fixed("a", 1).fixed("b", 2 + cell);
        }
        Report report = Report.of(trial.compare(), Trials.asked("ablate run many.yaml"));
        assertThat(TextReport.render(report, Style.PLAIN))
                .contains("\nand 6 more rows: -v shows all of them\n")
                .doesNotContain("0.129");
        assertThat(TextReport.of(report, Map.of(), Style.PLAIN, Detail.ALL).whole())
                .contains("0.129")
                .doesNotContain("-v shows");
    }

    @Test
    void showsTheMetricsThatAreComparedOnBothPartsAndTheOthersToThoseWhoAsk() {
        Trial trial = new Trial("a").held(1).mse();
        Map<String, Double> metrics = Map.of("test/mse", 1.0, "train/mse", 2.0, "test/mae", 3.0, "train/mae", 4.0);
        Report report = Report.of(
                trial.finished("a", 1, true, metrics, Map.of(), List.of()).compare(), Trials.asked("x"));
        assertThat(TextReport.render(report, Style.PLAIN))
                .contains("test/mse   1\ntrain/mse  2\nand 2 more metrics: -v shows them\n")
                .doesNotContain("mae");
        assertThat(TextReport.of(report, Map.of(), Style.PLAIN, Detail.ALL).whole())
                .contains("test/mae", "train/mae");
        assertThat(MarkdownReport.render(report)).contains("test/mae", "train/mae");
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

    private static void assertGolden(String text, String name) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(Path.of("src/test/resources/dev/ablate/engine/report/text", name), text);
            fail("wrote " + name + ": read it, then run again without -Dgolden.write=true");
        }
        assertThat(text).isEqualTo(golden(name));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TextReportTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
