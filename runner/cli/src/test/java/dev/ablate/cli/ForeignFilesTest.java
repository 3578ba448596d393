package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose columns have names of their own, and whose pairs are not seeds. */
class ForeignFilesTest {

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    /** Scores of two models on the same documents: the new one is right where the old one is, and on every third of the others. */
    private String scores(int docs) {
        StringBuilder text = new StringBuilder("model,doc_id,right\n");
        for (int doc = 1; doc <= docs; doc++) {
            text.append("old,d").append(doc).append(doc % 2 == 0 ? ",1\n" : ",0\n");
            text.append("new,d").append(doc).append(doc % 2 == 0 || doc % 3 == 0 ? ",1\n" : ",0\n");
        }
        return shell.write("scores.csv", text.toString());
    }

    private Result compare(String file, String... more) {
        List<String> command = new ArrayList<>(
                List.of("compare", file, "--variant-by", "model", "--pair-by", "doc_id", "--metric", "right:maximize"));
        command.addAll(List.of(more));
        return shell.run(command.toArray(String[]::new));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void speaksOfWhatTheColumnOfThePairsIsCalled() {
        Result result = compare(scores(60), "--baseline", "old");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(oneLine(result.out()))
                .startsWith("new: right is 0.167 higher than old (0.667 against 0.5) over 60 docs; chance hardly")
                .contains("Metrics (means over docs)")
                .contains("paired-permutation takes the docs for independent: where several belong together")
                .doesNotContain("seed");
        assertThat(compare(scores(60), "-f", "md").out())
                .contains("over 60 docs")
                .doesNotContain("seed");
    }

    @Test
    void thinksOfMoreDocsThanThereAre() {
        StringBuilder text = new StringBuilder("model,doc_id,right\n");
        for (int doc = 1; doc <= 1_501; doc++) {
            text.append("old,d").append(doc).append(doc % 2 == 0 ? ",1\n" : ",0\n");
            text.append("new,d").append(doc).append(doc % 2 == 0 ? ",0\n" : ",1\n");
        }
        assertThat(oneLine(compare(shell.write("even.csv", text.toString()), "--baseline", "old")
                        .out()))
                .contains("new against old, right: not even 15,010 docs would probably settle it.");
    }

    @Test
    void saysInDocumentsWhatAPairIs() {
        JsonObject document = compare(scores(12), "-f", "json").json();
        assertThat(document.get("pair_noun").getAsString()).isEqualTo("doc");
        for (JsonElement run : document.getAsJsonArray("runs")) {
            assertThat(run.getAsJsonObject().get("seed").isJsonNull()).isTrue();
            assertThat(run.getAsJsonObject().get("pair").getAsString()).matches("d\\d+");
        }
        String csv = shell.write("again.csv", compare(scores(12), "-f", "csv").out());
        assertThat(csv).isNotEmpty();
        assertThat(shell.run("compare", csv, "--metric", "right:maximize", "--pair-by", "pair")
                        .out())
                .contains("over 12 pairs");
    }

    @Test
    void takesNumbersForTextsWhereTheColumnSaysSo() {
        String file = shell.write(
                "numbers.csv", "model,doc_id,right\nold,1,0\nold,2,1\nold,3,1\nnew,1,1\nnew,2,1\nnew,4,1\n");
        assertThat(oneLine(compare(file).out()))
                .contains("over 2 of 4 docs")
                .contains("new has no run of doc 3")
                .contains("old has no run of doc 4");
    }

    @Test
    void refusesWhereThereIsNoPairInCommon() {
        String file = shell.write("apart.csv", "model,doc_id,right\nold,a,0\nold,b,1\nnew,c,1\nnew,d,1\n");
        Result result = compare(file);
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .isEqualTo("error: no doc has a run of the baseline 'old' and of another variant, so nothing is a pair;"
                        + " old has a and b; new has c and d\n");
    }

    @Test
    void takesTheMeanOfRepeatsWhereAskedTo() {
        String file = shell.write(
                "twice.csv", "model,doc_id,right\nold,a,0\nold,a,1\nold,b,1\nnew,a,1\nnew,b,1\nnew,b,nan\n");
        Result refused = compare(file);
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err())
                .contains("doc a of variant 'old' is given twice")
                .contains("it also stands in line 2; with --repeat mean their mean counts");
        Result result = compare(file, "--repeat", "mean");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).contains("Of 4 runs 2 are means of 2 (--repeat mean).");
        assertThat(oneLine(result.out())).contains("(1 against 0.75) over 2 docs");
        assertThat(compare(file, "--repeat", "max").err()).contains("--repeat must be mean, got 'max'");
    }

    @Test
    void namesTheWayOutWhereAColumnIsMissing() {
        String file = scores(6);
        Result variant = shell.run("compare", file, "--pair-by", "doc_id", "--metric", "right:max");
        assertThat(variant.err())
                .contains("no column 'variant'")
                .contains("name the column that says what is compared: --variant-by COLUMN");
        Result pair = shell.run("compare", file, "--variant-by", "model", "--metric", "right:max");
        assertThat(pair.err()).contains("no column 'seed'").contains("--pair-by COLUMN");
        assertThat(shell.run("compare", file, "--variant-by", "modle", "--pair-by", "doc_id", "--metric", "right:max")
                        .err())
                .contains("did you mean 'model'?");
        assertThat(shell.run("compare", "or-gate-bias", "--pair-by", "x").err())
                .contains("--variant-by, --pair-by, --cluster-by and --repeat go with");
    }

    /** A column that would be the cell by its name is none where it says what is compared. */
    @Test
    void comparesASettingAgainstAnother() {
        StringBuilder text = new StringBuilder("trainer.rate,seed,loss\n");
        for (int seed = 1; seed <= 6; seed++) {
            text.append("0.1,").append(seed).append(",").append(seed).append("\n");
            text.append("0.2,").append(seed).append(",").append(seed - 0.5).append("\n");
        }
        String file = shell.write("rates.csv", text.toString());
        assertThat(oneLine(shell.run("compare", file, "--variant-by", "trainer.rate", "--metric", "loss:min")
                        .out()))
                .startsWith("0.2: loss is 0.5 lower than 0.1 (3 against 3.5) over 6 seeds;");
    }

    /** The titles of a page's sections, and the text of each. */
    private static Map<String, String> sections(String page) {
        Map<String, String> sections = new LinkedHashMap<>();
        Matcher section = Pattern.compile("<section>\\s*<h2>([^<]+)</h2>(.*?)</section>", Pattern.DOTALL)
                .matcher(page);
        while (section.find()) {
            sections.put(
                    section.group(1),
                    section.group(2).replaceAll("<[^>]+>", " ").strip());
        }
        return sections;
    }

    @Test
    void writesAPageWithWhatThereIs() throws IOException {
        Path file = folder.resolve("page.html");
        Result result = compare(scores(60), "--baseline", "old", "-f", "html", "-o", file.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo(file + "\n");
        String page = Files.readString(file);
        Map<String, String> sections = sections(page);
        assertThat(sections.keySet())
                .containsExactly("Answer", "Charts", "Figures", "Method", "Runs", "How to reproduce");
        assertThat(sections.values()).doesNotContain("");
        assertThat(oneLine(page))
                .contains("new: right is 0.167 higher than old")
                .doesNotContainIgnoringCase(">seed<");
        assertThat(sections.get("Charts"))
                .contains("Effect on right, against old")
                .contains("Differences in right, pair by pair");
        assertThat(sections.get("Method"))
                .contains("with the same doc; 60 docs in all")
                .contains("paired-permutation");
        assertThat(sections.get("Runs")).contains("d60").doesNotContain("updates");
        assertThat(sections.get("How to reproduce"))
                .contains("scores.csv")
                .containsPattern("SHA-256 [0-9a-f]{64}")
                .contains("--variant-by model --pair-by doc_id --metric right:maximize --baseline old -f html");
    }

    @Test
    void countsTheRunsThatAPageHasNoRoomFor() throws IOException {
        Path file = folder.resolve("page.html");
        compare(scores(500), "-f", "html", "-o", file.toString());
        String page = Files.readString(file);
        assertThat(page).contains("The first 200 runs").contains("There are 1,000 runs; the same command with -f csv");
        assertThat(page).contains("Of more than 400 some at even distances are drawn");
        assertThat(page.length()).isLessThan(1_500_000);
    }

    @Test
    void putsThePageOfAQuestionAlwaysIntoOneFile() {
        String first = compare(scores(12), "-f", "html").out();
        assertThat(first).contains("reports").matches("(?s).*scores-[0-9a-f]{8}\\.html\n");
        assertThat(compare(scores(18), "-f", "html").out()).isEqualTo(first);
        assertThat(compare(scores(18), "-f", "html", "--baseline", "new").out()).isNotEqualTo(first);
    }

    @Test
    void writesThePageOfOneVariantAlone() throws IOException {
        String file = shell.write("one.csv", "variant,seed,loss\na,1,1\na,2,2\n");
        Path page = folder.resolve("page.html");
        Result result = shell.run("compare", file, "--metric", "loss:min", "-f", "html", "-o", page.toString());
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(sections(Files.readString(page)).keySet())
                .containsExactly("Answer", "Figures", "Runs", "How to reproduce");
    }
}
