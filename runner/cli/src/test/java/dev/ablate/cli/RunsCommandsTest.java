package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell.Result;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from one home to another, as a person takes them. */
@ManagedMlflow
class RunsCommandsTest {

    @TempDir
    private Path folder;

    private Shell from;
    private Shell to;
    private String quick = "";
    private Path file = Path.of("");

    @BeforeEach
    void open() {
        from = new Shell(folder, folder.resolve("from"));
        to = new Shell(folder, folder.resolve("to"));
        quick = from.write("quick.yaml", CommandsTest.QUICK);
        file = folder.resolve("runs.zip");
    }

    private static List<String> keys(Shell shell) {
        return Pattern.compile("(?m)^ *([0-9a-f]{8}) ")
                .matcher(shell.run("list", "runs").out())
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    @Test
    void aSpecReusesThemAndTheirKeysCompare() {
        Result trained = from.run("run", quick, "-f", "json", "--series");
        Result exported = from.run("runs", "export", file.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out())
                .isEqualTo(file + " holds 6 runs and 1 comparison. To have them in another home: ablate runs import "
                        + file + "\n");

        Result imported = to.run("runs", "import", file.toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).isEqualTo("new here: 6 runs and 1 comparison; here already: 0 runs\n");
        List<String> keys = keys(to);
        assertThat(keys).hasSize(6).isEqualTo(keys(from));
        assertThat(to.run("compare", keys.get(0), keys.get(5), "-f", "csv").out())
                .isNotEmpty()
                .isEqualTo(from.run("compare", keys.get(0), keys.get(5), "-f", "csv")
                        .out());
        assertThat(to.run("report", "quick", "-f", "md").out())
                .contains("bias")
                .isEqualTo(from.run("report", "quick", "-f", "md").out());
        assertThat(to.run("status").out()).contains("6: 6 finished");

        Result again = to.run("run", quick, "-f", "json", "--series");
        assertThat(again.json().get("runs").toString())
                .isEqualTo(trained.json().get("runs").toString().replace("\"reused\":false", "\"reused\":true"));
        assertThat(to.run("run", quick).out()).contains("\n0 run, 6 reused\n");
        assertThat(to.run("runs", "import", file.toString()).out())
                .isEqualTo("new here: 0 runs and 0 comparisons; here already: 6 runs\n");
    }

    @Test
    void syncDeliversThem(URI server) {
        String[] sync = {"sync", "--tracking-uri", server.toString()};
        String spec = from.write("carried.yaml", CommandsTest.QUICK.replace("name: quick", "name: carried"));
        assertThat(from.run("run", spec, "--offline").code()).isZero();
        from.run("runs", "export", file.toString());
        to.run("runs", "import", file.toString());
        Result delivered = to.run(sync);
        assertThat(delivered.code()).as(delivered.err()).isZero();
        assertThat(delivered.out()).contains("Its answer and report: " + server);
        assertThat(to.run("status", "--tracking-uri", server.toString()).out()).contains(": everything");
    }

    @Test
    void someAreChosen() {
        from.run("run", quick);
        String key = keys(from).get(0);
        assertThat(from.run("runs", "export", file.toString(), key).out()).contains("holds 1 run and 0 comparisons");
        Result there = from.run("runs", "export", file.toString(), "--experiment", "quick");
        assertThat(there.code()).isEqualTo(2);
        assertThat(there.err()).isEqualTo("error: " + file + " is there already; with --force it is replaced\n");
        assertThat(from.run("runs", "export", file.toString(), "--experiment", "quick", "--force")
                        .out())
                .contains("holds 6 runs and 1 comparison");
        Result none = from.run("runs", "export", folder.resolve("none.zip").toString(), "--experiment", "quicker");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).isEqualTo("error: no comparison is called 'quicker' (ablate status)\n");
        assertThat(folder.resolve("none.zip")).doesNotExist();
    }

    @Test
    void whatCannotBeTakenIsReported() throws Exception {
        from.run("run", quick);
        from.run("runs", "export", file.toString());
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.zip"), java.util.Arrays.copyOf(whole, whole.length - 100));
        Result refused = to.run("runs", "import", cut.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .startsWith("error: " + cut + " is not a file of runs, cut off or damaged (")
                .endsWith(
                        "; nothing was imported. To have it again: ablate runs export, in the home that it comes from\n");
        assertThat(to.home()).doesNotExist();
        assertThat(to.run("runs", "import", "nowhere.zip").err()).isEqualTo("error: there is no file nowhere.zip\n");
        Result bare = to.run("runs");
        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.err()).contains("runs needs a command: export or import");
    }
}
