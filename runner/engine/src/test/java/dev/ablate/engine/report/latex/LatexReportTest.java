package dev.ablate.engine.report.latex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.across.Table;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import dev.ablate.engine.runs.RunStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatexReportTest {

    private static final Pattern STEP =
            Pattern.compile("\\\\(?<what>begin|end)\\{(?<name>\\w+)}|(?<open>(?<!\\\\)\\{)|(?<close>(?<!\\\\)})");

    private static String of(Findings findings) {
        return LatexReport.render(Report.of(findings, List.of(), "in runs.csv"));
    }

    private static Table table(String... variants) {
        Table table = new Table(variants);
        for (int i = 1; i <= 8; i++) {
            for (long seed = 1; seed <= 10; seed++) {
                for (int v = 0; v < variants.length; v++) {
                    table.run(
                            variants[v],
                            Map.of("dataset.file", "set_" + i + " & more.csv"),
                            seed,
                            RunStatus.FINISHED,
                            0.7 + 0.001 * seed * i + 0.02 * v + 0.0001 * v * seed);
                }
            }
        }
        return table;
    }

    /** Braces and environments are closed in the order in which they were opened, mathematics in its line, and rows have all cells. */
    private static void assertSound(String latex) {
        Deque<String> open = new ArrayDeque<>();
        Matcher step = STEP.matcher(latex.replace("\\\\\n", "\n"));
        while (step.find()) {
            if ("begin".equals(step.group("what")) || step.group("open") != null) {
                open.push(step.group("open") != null ? "{" : step.group("name"));
            } else {
                assertThat(open).as(latex).isNotEmpty();
                assertThat(open.pop()).isEqualTo(step.group("close") != null ? "{" : step.group("name"));
            }
        }
        assertThat(open).isEmpty();
        assertThat(latex.lines())
                .allSatisfy(line -> assertThat(line.replace("\\$", "")
                                        .chars()
                                        .filter(c -> c == '$')
                                        .count()
                                % 2)
                        .as(line)
                        .isZero());
        Matcher tabular =
                Pattern.compile("(?s)\\{tabular}\\{(\\w+)}(.*?)\\\\end").matcher(latex);
        while (tabular.find()) {
            int columns = tabular.group(1).length();
            assertThat(tabular.group(2).lines().filter(line -> line.endsWith("\\\\")))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.split("(?<!\\\\)&", -1)).hasSize(columns));
        }
    }

    @Test
    void hasARowForEachDataSetAndTheAnswerBelow() {
        String latex = of(table("shallow", "deep").findings());
        assertSound(latex);
        assertThat(latex)
                .contains("    set\\_1 \\& more.csv & $0.7055 \\pm 0.0030$ & $\\mathbf{0.7260 \\pm 0.0033}$ \\\\\n")
                .contains("    better--same--worse &  & 8--0--0 \\\\\n")
                .contains("    $p$ across &  & $0.0078$ \\\\\n")
                .contains("    verdict across &  & better \\\\\n")
                .contains("Bold: decidedly better than shallow, or shallow where all others are decidedly worse"
                        + " (paired-{}permutation, $p < 0.05$ adjusted by Holm's method).")
                .contains("Across data sets: exact Wilcoxon signed ranks over the differences of means");
    }

    @Test
    void makesTheBaselineBoldWhereAllOthersAreWorse() {
        Table worse = new Table("good", "bad");
        for (int i = 1; i <= 6; i++) {
            for (long seed = 1; seed <= 10; seed++) {
                Map<String, String> cell = Map.of("dataset.file", "d" + i);
                worse.run("good", cell, seed, RunStatus.FINISHED, 0.9 + 0.001 * seed);
                worse.run("bad", cell, seed, RunStatus.FINISHED, 0.8 + 0.002 * seed);
            }
        }
        assertThat(of(worse.findings()).lines().filter(line -> line.startsWith("    d1")))
                .allMatch(line -> line.matches("    d1 & \\$\\\\mathbf.* & \\$0\\.8.*"));
    }

    @Test
    void saysWhereNothingIsBold() {
        Table few = new Table("a", "b").row("d1", 0.7, 0.8).row("d2", 0.7, 0.8);
        assertThat(of(few.findings()))
                .doesNotContain("mathbf")
                .contains("One run of each side.")
                .contains("(there are too few pairs for a test). No value is bold, as nothing is decided.")
                .contains("Across data sets: no test, as they are too few.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenSeeds", "sweep", "orGate", "virus"})
    void isATableOfAnyComparison(String name) {
        String latex = LatexReport.render(Report.of(
                switch (name) {
                    case "tenSeeds" -> Trials.tenSeeds();
                    case "sweep" -> Trials.sweep();
                    case "virus" -> Trials.virus();
                    default -> Trials.orGate();
                },
                Trials.asked("ablate run x")));
        assertSound(latex);
        assertThat(latex).contains("\\toprule", "\\midrule", "\\bottomrule", "\\caption{");
    }

    @Test
    void isSoundWhateverVariantsAreCalled() {
        String latex = of(table("a_b{", "c&d\\}", "$x^2~%#").findings());
        assertSound(latex);
        assertThat(latex)
                .contains("a\\_b\\{ & c\\&d\\textbackslash{}\\} & \\$x\\textasciicircum{}2\\textasciitilde{}\\%\\#");
    }

    @ParameterizedTest
    @CsvSource({
        "0.91234, 0.02134, $0.912 \\pm 0.021$",
        "1234.5, 98.7, $1234 \\pm 99$",
        "1234.5, 1230, $1234 \\pm 1200$",
        "0.5, 0, $0.5 \\pm 0$",
        "0.5, NaN, $0.5$",
        "NaN, NaN, --",
        "1.23456e-9, 2e-10, '$1.235 \\times 10^{-9} \\pm 2 \\times 10^{-10}$'"
    })
    void aSpreadHasTwoDigitsAndItsMeanAsManyPlaces(double mean, double sd, String latex) {
        assertThat(LatexText.spread(mean, sd, false)).isEqualTo(latex);
    }
}
