package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import dev.ablate.engine.runs.OldStore;
import dev.ablate.worker.spec.RunKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever became of a spec and its data: what was run of them is named, and each command that is printed works when typed. */
class StoredComparisonsTest {

    private static final String DATA = "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,1\n";

    private static final Pattern COMMAND = Pattern.compile("\\bablate ((?:report|compare|run) [^\\n]*)");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = new Shell(folder);
        shell.write("data.csv", DATA);
    }

    @Test
    void runsWithOtherDataAreNamedWithTheCommandThatShowsThem() {
        String spec = spec("");
        run(spec, "--offline");
        shell.write("data.csv", DATA + "2,2,1\n");

        Result page = shell.run("report", spec);
        assertThat(page.code()).isEqualTo(2);
        assertThat(page.err())
                .startsWith("error: no run of it as it is now has ended; to run it: ablate run " + spec)
                .containsPattern("There are 2 runs of edited with other data \\([0-9a-f]{8}, [0-9a-f]{8}; "
                        + "[0-9-]{10} [0-9:]{5} UTC\\): ablate report [0-9a-f]{8}\n");
        assertEachWorks(page.err());
        for (List<String> command : List.of(List.of("compare", spec), List.of("report", spec, "-f", "table"))) {
            Result text = shell.run(command.toArray(String[]::new));
            assertThat(text.out()).startsWith("There are 2 runs of edited with other data (");
            assertEachWorks(joined(text.out()));
        }
        Result predict = shell.run("predict", spec, "--input", "0,0");
        assertThat(predict.err()).contains("\n    There are 2 runs of edited with other data");
    }

    @Test
    void theyAreNamedOnceWhereTheyHaveMoreSeedsToo() {
        String spec = spec("");
        run(spec, "--offline", "--repeats", "3");
        shell.write("data.csv", DATA + "2,2,1\n");
        String named = "edited with other data (";
        for (String verb : List.of("compare", "report")) {
            String out = joined(shell.run(verb, spec, "-f", "table").out());
            assertThat(out).contains(named).endsWith(" To run it: ablate run " + spec + " ");
            assertThat(out.split("ablate report [0-9a-f]{8}", -1)).as(out).hasSize(2);
        }
        String err = shell.run("report", spec).err();
        assertThat(err).contains(named);
        assertThat(err.split("ablate report [0-9a-f]{8}", -1)).as(err).hasSize(2);
    }

    @Test
    void columnsInAnotherOrderAreSaidToBeThat() {
        // from here its own file is found, wherever this is
        String spec = spec("", folder.resolve("data.csv").toString());
        run(spec, "--offline");
        shell.write("data.csv", "b,a,y\n0,0,0\n1,0,1\n0,1,1\n1,1,1\n");
        assertThat(shell.run("report", spec).err())
                .contains("There are 2 runs of edited with the columns of the data in another order (");
        // the same table in another writing is the same data
        shell.write("data.csv", DATA.replace(",", ", "));
        assertThat(shell.run("report", spec).code()).isZero();
    }

    @Test
    void withoutItsDataWhatIsStoredOfASpecIsNamed() throws Exception {
        String spec = spec("");
        run(spec, "--offline");
        Files.delete(folder.resolve("data.csv"));
        for (List<String> command : List.of(
                List.of("compare", spec),
                List.of("report", spec),
                List.of("report", spec, "-f", "table"),
                List.of("predict", spec, "--input", "0,0"))) {
            Result result = shell.run(command.toArray(String[]::new));
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err())
                    .contains("data.csv: there is no such file;")
                    .containsPattern("\n    There is a comparison named edited in the store \\(2 runs; "
                            + "[0-9-]{10} [0-9:]{5} UTC\\): ablate report [0-9a-f]{8}\n")
                    .endsWith("1 error; nothing was run.\n");
            assertEachWorks(result.err());
        }
        assertThat(shell.run("validate", spec).err()).doesNotContain("in the store");
    }

    @Test
    void withOtherSettingsTheyAreNamedByThem() {
        run(spec(""), "--offline");
        assertThat(shell.run("report", spec("epochs: 30")).err())
                .contains("There are 2 runs of edited with other settings (trainer.epochs: 20) (");
    }

    @Test
    void byAnotherVersionTheyAreNamedByIt() throws Exception {
        String spec = spec("");
        run(spec, "--offline");
        // as an older version would have left it
        sql("UPDATE comparison SET key = 'feedc0de' || substr(key, 9)");
        sql("UPDATE file SET comparison = 'feedc0de' || substr(comparison, 9)");
        sql("UPDATE provenance SET value = '0.0.9' WHERE name = 'ablate'");
        sql("UPDATE variant SET comparison = 'feedc0de' || substr(comparison, 9)");
        sql("UPDATE member SET comparison = 'feedc0de' || substr(comparison, 9), key = 'c0ffee00' || substr(key, 9)");
        sql("UPDATE attempt SET key = 'c0ffee00' || substr(key, 9), results = 0");
        assertThat(shell.run("report", spec).err())
                .containsPattern(
                        "There are 2 runs of edited made by Ablate 0.0.9 \\([^)]*\\): ablate report feedc0de\n");
        // versions that stored it for the comparison alone
        sql("DELETE FROM provenance");
        sql("UPDATE file SET content = CAST('{ \"ablate\": \"0.0.8\" }' AS BLOB) WHERE path = 'environment.json'");
        assertThat(shell.run("report", spec).err()).contains("2 runs of edited made by Ablate 0.0.8 (");
        sql("UPDATE file SET content = CAST('{}' AS BLOB) WHERE path = 'environment.json'");
        assertThat(shell.run("report", spec).err())
                .contains("2 runs of edited made by an Ablate that may give other figures (");
        // another key does not come from a version, but from the figures that it gives
        sql("UPDATE attempt SET results = " + RunKey.RESULTS);
        sql("UPDATE file SET content = CAST('{ \"ablate\": \"0.0.8\" }' AS BLOB) WHERE path = 'environment.json'");
        assertThat(shell.run("report", spec).err())
                .contains("2 runs of edited with another version of a plugin, or other names of the classes (");
    }

    /** What a version of other figures left of a comparison is stored beside this one's, and never joins it. */
    @Test
    void runsOfOtherFiguresAreNeverCompared() throws Exception {
        String spec = spec("");
        run(spec, "--offline");
        sql("UPDATE comparison SET key = 'feedc0de' || substr(key, 9)");
        sql("UPDATE file SET comparison = 'feedc0de' || substr(comparison, 9)");
        sql("UPDATE variant SET comparison = 'feedc0de' || substr(comparison, 9)");
        sql("UPDATE member SET comparison = 'feedc0de' || substr(comparison, 9),"
                + " key = 'c0ffee0' || (variant = 'bias') || substr(key, 9)");
        sql("UPDATE attempt SET results = 0, key = 'c0ffee0' || (id IN (SELECT attempt FROM param WHERE path ="
                + " 'trainer.bias' AND value = 'true')) || substr(key, 9)");
        // one variant alone is trained again: the stored run of the other is not a side of it
        Result only = run(spec, "--offline", "--only", "no-bias");
        assertThat(joined(only.out())).contains("The baseline bias has not been run, so nothing is compared.");
        Result all = run(spec, "--offline", "-f", "json");
        assertThat(all.json().getAsJsonArray("runs").asList())
                .hasSize(2)
                .noneMatch(
                        each -> each.getAsJsonObject().get("key").getAsString().startsWith("c0ffee"));
        String newer = all.json()
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject()
                .get("key")
                .getAsString();
        assertThat(newer).doesNotStartWith("c0ffee");
        // each comparison has its own two runs
        for (String key : List.of("feedc0de", all.json().get("key").getAsString())) {
            Result stored = shell.run("compare", key, "-f", "json");
            assertThat(stored.json().getAsJsonArray("runs").asList())
                    .hasSize(2)
                    .allMatch(each ->
                            each.getAsJsonObject().get("key").getAsString().startsWith("c0ffee")
                                    == key.equals("feedc0de"));
        }
        Result mixed = shell.run("compare", newer, "c0ffee00");
        assertThat(mixed.code()).isEqualTo(2);
        assertThat(mixed.err())
                .contains(
                        "runs " + newer.substring(0, 8)
                                + " and c0ffee00 were trained by versions of Ablate that may give other"
                                + " figures for one experiment, so they cannot be compared; run the experiment of c0ffee00 again");
        assertThat(shell.run("compare", "c0ffee01", "c0ffee00").code()).isZero();
    }

    @Test
    void runsThatAreQueuedAreShownAsThat() throws Exception {
        String spec = spec("");
        run(spec, "--offline");
        sql("UPDATE attempt SET status = 'QUEUED', ended = NULL WHERE id = 2");
        sql("DELETE FROM parameter WHERE attempt = 2");
        sql("DELETE FROM provenance WHERE attempt = 2");
        assertThat(shell.run("list", "runs").out()).containsPattern(" queued +table +perceptron ");
        assertThat(shell.run("status").out()).contains("2: 1 queued, 1 finished");
        assertThat(shell.run("plan", spec).out()).contains("begin: it is queued");
        Result report = shell.run("report", spec, "-f", "json");
        assertThat(report.json().getAsJsonArray("runs").asList())
                .extracting(each -> each.getAsJsonObject().get("status").getAsString())
                .containsExactlyInAnyOrder("finished", "queued");
        assertThat(shell.run("report", spec, "-f", "csv").out()).contains(",1,1,queued,");
        assertThat(shell.run("report", spec, "-f", "table").out()).contains("1 run there, 1 missing, 1 of them queued");
        // here the run is begun by whoever asks for it
        assertThat(run(spec, "--offline").out()).contains("1 run, 1 reused");
    }

    @Test
    void aStoreOfTheVersionBeforeIsBroughtUpToDateAfterACopyWhichIsSaidOnce() throws Exception {
        Files.createDirectories(folder.resolve("home"));
        OldStore.write(folder.resolve("home"), 6);
        Result first = shell.run("list", "runs");
        assertThat(first.err())
                .isEqualTo("the store is of this version now; as the version before left it, it is in "
                        + folder.resolve("home/runs.db.format-6") + ", which nothing needs but that version\n");
        assertThat(first.out().lines()).hasSize(13);
        assertThat(shell.run("list", "runs").err()).isEmpty();
        assertThat(shell.run("report", "old", "-f", "table").code()).isZero();
    }

    @Test
    void aStoredComparisonIsShownWithoutItsSpecAndItsData() throws Exception {
        String spec = spec("");
        Result run = run(spec, "--offline", "-f", "json");
        String key = run.json().get("key").getAsString().substring(0, 8);
        Files.delete(folder.resolve("data.csv"));
        Files.delete(folder.resolve("edited.yaml"));
        for (String named : List.of(key, "edited")) {
            Result page = shell.run("report", named);
            assertThat(page.out()).as(page.err()).contains("edited-" + key + ".html");
            assertThat(shell.run("report", named, "-f", "md").out()).startsWith("**no-bias: ");
            assertThat(shell.run("report", named, "-f", "json")
                            .json()
                            .get("comparison")
                            .getAsString())
                    .isEqualTo("edited");
            assertThat(shell.run("report", named, "-f", "csv").out()).startsWith("variant,seed,pair,status,updates,");
            assertThat(shell.run("report", named, "-f", "table").out()).startsWith("no-bias: ");
            assertThat(shell.run("compare", named).out()).startsWith("no-bias: ");
            assertThat(shell.run("report", named, "--repeats", "3").err())
                    .contains(
                            "'edited' is from the store: --set, --seeds, --repeats and --series go with a spec alone");
        }
    }

    @Test
    void moreSeedsThanTheSpecHasAreNamedFirst() {
        String spec = spec("");
        run(spec, "--offline");
        run(spec, "--offline", "--repeats", "4");
        String first = "There is a newer comparison of it with 4 seeds (";
        Result report = shell.run("report", spec, "-f", "table");
        assertThat(report.out()).startsWith(first);
        assertThat(joined(report.out())).contains("): ablate report " + spec + " --repeats 4 no-bias: ");
        assertThat(joined(report.out())).contains(" over 1 seed; ");
        assertThat(shell.run("report", spec).err()).startsWith(first);
        Result compare = shell.run("compare", spec);
        assertThat(joined(compare.out())).startsWith(first).contains("): ablate compare " + spec + " --repeats 4 ");
        assertThat(shell.run("report", spec, "-f", "md").out()).startsWith("There is a newer comparison");
        Result newer = shell.run("compare", spec, "--repeats", "4");
        assertThat(joined(newer.out())).doesNotContain("newer").contains(" over 4 seeds; ");
        run(spec, "--offline", "--seeds", "9,12,1,2,3");
        assertThat(joined(shell.run("compare", spec).out()))
                .contains(" with 6 seeds (", "ablate compare " + spec + " --seeds 1,2,3,4,9,12 ");
    }

    @Test
    void moreSeedsWithOtherSettingsAreNamedByTheirKey() {
        String spec = spec("");
        run(spec, "--offline");
        run(spec, "--offline", "--repeats", "4", "--set", "trainer.epochs=40");
        Result report = shell.run("report", spec, "-f", "table");
        assertThat(joined(report.out()))
                .startsWith("There is a newer comparison named edited with 4 seeds, with other settings"
                        + " (trainer.epochs: 40) (");
        Result page = shell.run("report", spec);
        assertThat(page.code()).isZero();
        assertEachWorks(page.err());
    }

    @Test
    void theAnswerToOneVariantIsAboutIt() {
        String spec = spec("");
        assertThat(run(spec, "--offline", "--only", "no-bias").out())
                .startsWith("no-bias: train/accuracy is ")
                .contains(" The baseline bias has not been");
        assertThat(run(spec, "--offline", "--only", "bias").out())
                .startsWith("bias: train/accuracy is ")
                .contains(" It is the baseline.");
        assertThat(run(spec, "--offline", "--only", "no-bias").out()).startsWith("no-bias: train/accuracy is ");
    }

    private String spec(String epochs) {
        return spec(epochs, "data.csv");
    }

    private String spec(String epochs, String file) {
        return shell.write("edited.yaml", """
                version: 1
                name: edited
                dataset: { plugin: table, file: "%s", target: y }
                trainer: { plugin: perceptron, learning_rate: 0.1, %s }
                variants: { bias: { trainer.bias: true }, no-bias: { trainer.bias: false } }
                """.formatted(file, epochs.isEmpty() ? "epochs: 20" : epochs));
    }

    private Result run(String... words) {
        String[] line = new String[words.length + 1];
        line[0] = "run";
        System.arraycopy(words, 0, line, 1, words.length);
        Result result = shell.run(line);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    private void assertEachWorks(String text) {
        List<String> commands = COMMAND.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1).strip())
                .filter(command -> !command.startsWith("run "))
                .toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            String[] words = command.split(" ", -1);
            Result result = shell.run(words[0], words[1]);
            assertThat(result.code()).as(command + "\n" + result.err()).isZero();
        }
    }

    /** The lines of a wrapped text in one. */
    private static String joined(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private void sql(String statement) throws Exception {
        try (var connection = java.sql.DriverManager.getConnection(
                        "jdbc:sqlite:" + folder.resolve("home").resolve("runs.db"));
                var sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }
}
