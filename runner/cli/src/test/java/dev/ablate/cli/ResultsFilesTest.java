package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Result files as other programs leave them: what is missing, odd or no evidence is said. */
class ResultsFilesTest {

    private static final Path FILES = Shell.file("results");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    private Result compare(String file, String... more) {
        List<String> command =
                new ArrayList<>(List.of("compare", file, "--baseline", "old", "--metric", "acc:maximize"));
        command.addAll(List.of(more));
        return shell.run(command.toArray(String[]::new));
    }

    /** What it says, as one line. */
    private String said(String name, String... more) {
        Result result = compare(FILES.resolve(name + ".csv").toString(), more);
        assertThat(result.code()).as(result.err()).isZero();
        return oneLine(result.out());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private String refused(String name) {
        Result result = compare(FILES.resolve(name + ".csv").toString());
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.out()).isEmpty();
        return result.err();
    }

    private String rows(int seeds, String status) {
        StringBuilder text = new StringBuilder("variant,seed,acc,status\n");
        for (int seed = 1; seed <= seeds; seed++) {
            double acc = 0.7 + 0.01 * seed;
            text.append("old,").append(seed).append(',').append(acc).append(",FINISHED\n");
            boolean bad = seed > 6;
            text.append("new,").append(seed).append(',').append(bad ? "" : acc + 0.01 + 0.001 * seed);
            text.append(',').append(bad ? status : "FINISHED").append('\n');
        }
        return shell.write("status.csv", text.toString());
    }

    // ---- values that are not there

    @ParameterizedTest
    @ValueSource(strings = {"value-nan", "value-empty"})
    void saysWhoseValueIsMissing(String name) {
        assertThat(said(name))
                .startsWith("new: acc is 0.01 higher than old (0.806 against 0.796) over 9 of 10 pairs;")
                .contains("new against old, acc: 9 of 10 pairs; new has no value for seed 4.")
                .contains("Metrics (means over 9 of 10 pairs) metric old sd new sd acc 0.7958");
    }

    @Test
    void givesTableAndSentenceOneSetOfRuns() {
        assertThat(said("fewer-seeds"))
                .startsWith("new: acc is 0.01 higher than old (0.795 against 0.785) over 7 of 10 pairs;")
                .contains("new against old, acc: 7 of 10 pairs; new has no run of seeds 8 to 10.")
                .contains("Metrics (means over 7 of 10 pairs) metric old sd new sd acc 0.7850");
    }

    @Test
    void givesTableAndSentenceOneNumberOfPairsWhereBothDiverged() {
        StringBuilder text = new StringBuilder("variant,seed,acc\n");
        for (int seed = 1; seed <= 7; seed++) {
            text.append("old,").append(seed).append(seed == 7 ? ",-inf\n" : ",-1\n");
            text.append("new,").append(seed).append(seed == 7 ? ",-inf\n" : ",-0." + seed + "\n");
        }
        String file = shell.write("bothinf.csv", text.toString());
        assertThat(oneLine(compare(file).out()))
                .contains(" over 6 of 7 pairs;")
                .contains("Metrics (means over 6 of 7 pairs) metric");
    }

    @Test
    void alignsWordsAsWordsInTheColumnOfACell() {
        StringBuilder text = new StringBuilder("variant,seed,set,acc\n");
        for (int seed = 1; seed <= 6; seed++) {
            for (String set : List.of("wine", "iris.v2", "a")) {
                text.append("old,").append(seed).append(',').append(set).append(",1\n");
                text.append("new,").append(seed).append(',').append(set).append(",2\n");
            }
        }
        String out = shell.run(
                        "compare",
                        shell.write("words.csv", text.toString()),
                        "--baseline",
                        "old",
                        "--metric",
                        "acc:maximize",
                        "--cell",
                        "set")
                .out();
        assertThat(out).contains("\nwine     ", "\niris.v2  ", "\na        ");
    }

    @Test
    void saysWhichSeedsEachHasWhereTheyShareNone() {
        String file = shell.write(
                "disjoint.csv", "variant,seed,acc\nold,1,1\nold,2,2\nold,3,3\nnew,11,1\nnew,12,2\nnew,14,2\n");
        assertThat(oneLine(compare(file).out()))
                .startsWith(
                        "new: acc cannot be compared with old: they share no seed: old has seeds 1 to 3, new has seeds 11, 12"
                                + " and 14.")
                .contains("new against old, acc: 0 of 6 pairs; they share no seed: old has seeds 1 to 3,")
                .doesNotContain("finished");
    }

    @Test
    void namesPairsThatAreNotSeedsByTheirTexts() {
        String file = shell.write("items.csv", "variant,pair,acc\nold,item-7,1\nold,b,2\nnew,item-8,1\nnew,c,2\n");
        assertThat(oneLine(compare(file).out()))
                .startsWith(
                        "new: acc cannot be compared with old: they share no pair: old has pairs item-7 and b, new has"
                                + " pairs item-8 and c.");
        String one = shell.write("one.csv", "variant,pair,acc\nold,item-7,1\nold,b,2\nnew,item-7,1\n");
        assertThat(oneLine(compare(one).out())).contains("new has no run of pair b");
        Result document = shell.run("compare", one, "--baseline", "old", "--metric", "acc:maximize", "-f", "json");
        JsonObject run = document.json().getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.get("pair").getAsString()).isEqualTo("item-7");
        assertThat(run.get("seed").isJsonNull()).isTrue();
        assertThat(shell.run("compare", one, "--baseline", "old", "--metric", "acc:maximize", "-f", "csv")
                        .out())
                .startsWith("variant,seed,pair,status,updates,acc\nold,,item-7,finished,,1\n");
    }

    @Test
    void takesAnInfiniteValueForARunThatDiverged() {
        StringBuilder text = new StringBuilder("variant,seed,acc\n");
        for (int seed = 1; seed <= 7; seed++) {
            text.append("old,").append(seed).append(",-1\n");
            text.append("new,").append(seed).append(seed == 7 ? ",-inf\n" : ",-0." + seed + "\n");
        }
        assertThat(oneLine(compare(shell.write("inf.csv", text.toString())).out()))
                .startsWith("1 of 7 runs of new failed. new: acc is 0.65 higher than old")
                .contains("but runs of new failed, so it is undecided")
                .contains("new is infinite with seed 7, which counts as failed");
    }

    // ---- runs that failed

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "crashed", "Out_Of_Memory", "timeout"})
    void countsAFailedRunAsALostPairAndPassesNoGate(String status) {
        Result result = compare(rows(12, status), "--gate", "acc:better|undecided", "-f", "table");
        assertThat(oneLine(result.out()))
                .startsWith("6 of 12 runs of new failed. new: acc is 0.0135 higher than old")
                .contains(
                        " over 6 of 12 pairs; chance hardly explains that (p = 0.0312), but runs of new failed, so it is undecided;")
                .contains(" 6-0-6 ")
                .contains("new failed with seeds 7 to 12.");
        assertThat(result.code()).isEqualTo(ExitCode.GATE);
        assertThat(result.err()).contains("new is undecided, and 6 of 12 runs of new failed");
        JsonObject effect = compare(rows(12, status), "-f", "json")
                .json()
                .getAsJsonArray("effects")
                .get(0)
                .getAsJsonObject();
        assertThat(effect.get("variant_failed").getAsInt()).isEqualTo(6);
        assertThat(effect.get("planned").getAsInt()).isEqualTo(12);
        assertThat(effect.get("sign_p").getAsDouble()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILLED", "running", "SCHEDULED", "cancelled"})
    void takesARunThatWasStoppedOrIsNotOverForAMissingPair(String status) {
        Result result = compare(rows(12, status), "--gate", "acc:better");
        assertThat(result.code()).isZero();
        assertThat(oneLine(result.out()))
                .startsWith("new: acc is 0.0135 higher than old")
                .contains(" 6-0-0 ")
                .contains("new did not finish with seeds 7 to 12.");
    }

    @Test
    void refusesAStatusThatItDoesNotKnow() {
        Result result = compare(rows(7, "weird"));
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("status.csv:15:8: error: status 'weird' is not known: write finished, failed, killed");
    }

    @Test
    void understandsTheWordsOfMlflow() {
        assertThat(said("status-of-mlflow"))
                .startsWith("new: acc is 0.01 higher than old (0.802 against 0.792) over 10 seeds;");
    }

    // ---- what is not evidence

    @Test
    void makesNoTestWhereNeitherSideVaries() {
        assertThat(said("no-spread"))
                .startsWith(
                        "new: acc is 0.01 higher than old (0.81 against 0.8) over 10 seeds; neither side varies over the"
                                + " seeds, so no test applies, and it is undecided.")
                .contains("new against old, acc: no value changes from seed to seed, so these may be copies")
                .doesNotContain("p =");
    }

    @Test
    void roundsSanely() {
        assertThat(said("differences-of-rounding"))
                .startsWith("new: acc is the same as with old (0.792) over 10 seeds; every pair is equal.");
        assertThat(said("negative-zero"))
                .startsWith("new: acc is the same as with old (0) over 10 seeds; every pair is equal.")
                .doesNotContain(" -0 ");
    }

    @Test
    void saysThatOneVariantIsComparedWithNothing() {
        assertThat(said("one-variant"))
                .startsWith(
                        "old: acc is 0.792 on average of 10 seeds. There is no other variant, so nothing is compared.");
    }

    @Test
    void asksForTheRatioThatThePDependsOn() {
        String question = "paired-permutation takes the seeds for independent: if each seed drew its own split, give"
                + " --test-train-ratio R (n_test / n_train)";
        assertThat(said("fewer-seeds")).containsOnlyOnce(question);
        assertThat(said("fewer-seeds", "--test-train-ratio", "0.25")).doesNotContain("--test-train-ratio");
        assertThat(said("fewer-seeds", "--test", "sign", "--test-train-ratio", "0.25"))
                .contains("sign takes the seeds for independent, and each drew its own split");
        assertThat(said("differences-of-rounding")).doesNotContain("--test-train-ratio");
        assertThat(said("no-spread")).doesNotContain("--test-train-ratio");
    }

    @Test
    void comparesFoldsOfASeed() {
        StringBuilder text = new StringBuilder("variant,seed,fold,acc\n");
        for (int fold = 0; fold < 10; fold++) {
            text.append("old,")
                    .append(fold / 5)
                    .append(',')
                    .append(fold % 5)
                    .append(",0.")
                    .append(fold + 10);
            text.append("\nnew,")
                    .append(fold / 5)
                    .append(',')
                    .append(fold % 5)
                    .append(",0.")
                    .append(3 * fold + 20);
            text.append('\n');
        }
        String file = shell.write("folds.csv", text.toString());
        assertThat(oneLine(compare(file).out()))
                .contains(" over 10 folds; ")
                .contains(
                        "paired-permutation takes the folds for independent, and they are cut from the same rows: give"
                                + " --test-train-ratio R (n_test / n_train)");
        assertThat(oneLine(compare(file, "--test-train-ratio", "0.25").out()))
                .contains(" over 10 folds; ")
                .contains("corrected-resampled-t")
                .doesNotContain("independent");
    }

    @ParameterizedTest
    @CsvSource({"wilcoxon, Wilcoxon p = 0.00195, pseudo-median", "sign, sign test p = 0.00195, median"})
    void offersTestsThatNoPairRules(String test, String p, String middle) {
        assertThat(said("status-of-mlflow", "--test", test))
                .contains("new wins 10 of 10 pairs, and chance hardly explains that (" + p + "), so it is better")
                .contains("of the " + middle + ". p: " + test)
                .contains(test + " takes the seeds for independent");
    }

    // ---- names, and how it is written

    @Test
    void takesOddNamesForText() {
        Result result = shell.run(
                "compare",
                FILES.resolve("metric-of-an-odd-name.csv").toString(),
                "--metric",
                "acc (%) [test]:maximize",
                "--gate",
                "acc (%) [test]@new:better");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("new: acc (%) [test] is 0.01 higher than old");
    }

    @Test
    void readsOtherSeparatorsThanCommas() {
        assertThat(said("semicolons"))
                .startsWith("new: acc is 0.01 higher than old (0.802 against 0.792) over 10 seeds;");
    }

    @Test
    void namesBothLinesOfARunThatIsThereTwice() {
        assertThat(refused("row-twice"))
                .contains("row-twice.csv:22:5: error: seed 1 of variant 'new' is given twice")
                .contains("it also stands in line 12");
    }

    @Test
    void namesTheWayOutOfAMissingColumn() {
        assertThat(refused("no-seed-column"))
                .contains("no column 'seed'")
                .contains("add one that says which runs are a pair, such as 1, 2, 3, ... for each variant");
        assertThat(refused("variant-column-of-another-name"))
                .contains("no column 'variant'")
                .contains("name the column that says what is compared: --variant-by COLUMN")
                .contains("columns: model, seed, acc");
        assertThat(refused("decimal-commas"))
                .contains("acc must be a number, got '0,7764'")
                .contains("give --read decimal=',', or write decimals with a point")
                .doesNotContain("thousands");
    }

    @Test
    void readsAFileAsATableIsRead() {
        String text = "variant\tseed\tacc\nold\t1\t0,5\nold\t2\t0,5\nnew\t1\t1,5\nnew\t2\t1,5\n";
        String file = shell.write("runs.tsv", text);
        Result said = compare(file, "--read", "decimal=,");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(oneLine(said.out())).startsWith("new: acc is 1 higher than old (1.5 against 0.5)");
        assertThat(said.err()).contains("the columns are separated by a tab");
        assertThat(compare(file).err()).contains("runs.tsv:2:7: error: acc must be a number, got '0,5'");
        assertThat(shell.run("compare", "or-gate-bias", "--read", "skip=1").err())
                .contains("--read goes with a CSV file alone");
    }
}
