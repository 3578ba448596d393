package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.ablate.cli.Shell.Result;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.worker.catalog.JarMaker;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads of a plugin that fails. */
class BrokenPluginCommandsTest {

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
        new JarMaker(folder)
                .module(
                        "acme.A",
                        "trainer(\"acts\", Options.class).to(new Acts());\ndataset(\"moody\", NoOptions.class)"
                                + ".to((NoOptions o) -> Acts.sneak(new java.io.IOException(\"no paper\")));\n"
                                + "dataset(\"dusty\", NoOptions.class).summary(\"d\".repeat(100_000)).to((NoOptions o) -> {"
                                + " throw new DataException(\"shelf\", \"dust\\n\".repeat(20_000)); });")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public record Options(@Option(help = \"h\", fallback = \"nowhere\") String fails) {}")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Acts implements Explains<Options> {
                          static <T> T sneak(Throwable e) { return Acts.<T, RuntimeException>thrown(e); }
                          @SuppressWarnings("unchecked")
                          static <T, E extends Throwable> T thrown(Throwable e) throws E { throw (E) e; }
                          static int deep(int n) { return deep(n + 1) + 1; }
                          public Model train(Options o, Training t) {
                            Model model = model();
                            t.after(0, 1, model);
                            t.after(1, 1, model);
                            if (o.fails().equals("sneaky")) sneak(new java.io.IOException("no ink"));
                            if (o.fails().equals("loud")) throw new IllegalStateException("\\u001b[31mred\\nline " + "x".repeat(100_000));
                            return model;
                          }
                          public Model restore(Options o, Schema s, InputStream in) {
                            if (o.fails().equals("restore")) deep(1);
                            return model();
                          }
                          public Optional<Explanation> explain(Options o, Training t, long update, int row) {
                            throw new StackOverflowError();
                          }
                          static Model model() {
                            return new Model() {
                              public void predict(Matrix rows, double[] answers) {}
                              public void write(OutputStream out) {}
                              public Map<String, Double> parameters() { return Map.of("w", 1.0); }
                            };
                          }
                        }
                        """)
                .make("home/plugins/acme/acme.jar");
    }

    private String spec(String fails) {
        return shell.write("acts.yaml", """
                version: 1
                name: acts
                dataset: { plugin: or-gate }
                trainer: { plugin: acts, fails: %s }
                variants: { one: {} }
                """.formatted(fails));
    }

    @Test
    void anExceptionThatNobodyDeclaredFailsTheRun() {
        Result result = shell.run("run", spec("sneaky"), "--offline");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains("failed after 1 update: trainer 'acts' of acme.jar ended with java.io.IOException: no ink");
    }

    @Test
    void aModelThatCannotBeRestoredIsItsPluginsFailure() {
        Result result = shell.run("run", spec("restore"), "--offline");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("error: trainer 'acts' of acme.jar cannot restore its model: java.lang.StackOverflowError\n");
    }

    @Test
    void anUpdateThatCannotBeExplainedIsItsPluginsFailure() {
        Result result = shell.run("explain", spec("nowhere"));
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .contains("trainer 'acts' of acme.jar ended with java.lang.StackOverflowError")
                .doesNotContain("bug");
    }

    @Test
    void aDatasetThatThrowsWhatNobodyDeclaredIsDescribedAsSuch() {
        Result result = shell.run("describe", "dataset", "moody");
        assertThat(result.code()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: dataset 'moody' of acme.jar failed: java.io.IOException: no paper\n");
    }

    @Test
    void aLongMessageIsCutForAPersonAndWholeForAProgram() {
        String spec = spec("loud");
        for (String form : new String[] {"table", "md"}) {
            Result result = shell.run("run", spec, "--offline", "-f", form);
            assertThat(result.code()).isEqualTo(ExitCode.FAILED);
            assertThat((result.out() + result.err()).replaceAll("\\s+", " "))
                    .hasSizeLessThan(5_000)
                    .doesNotContain("\u001b[31m")
                    .contains("red line xxxx", "more characters; -f json has");
        }
        String whole = shell.run("report", spec, "-f", "json").out();
        assertThat(JsonParser.parseString(whole)
                        .getAsJsonObject()
                        .getAsJsonArray("runs")
                        .get(0)
                        .getAsJsonObject()
                        .get("error")
                        .getAsString())
                .hasSizeGreaterThan(100_000);
        String none = shell.run("predict", spec, "--input", "0,1").err();
        assertThat(none).hasSizeLessThan(3_000).contains("more characters; -v shows them");
        assertThat(shell.run("predict", spec, "--input", "0,1", "-v").err()).hasSizeGreaterThan(100_000);
    }

    @Test
    void whatADatasetSaysOfItsInputIsCutForAPersonToo() {
        Result described = shell.run("describe", "dataset", "dusty");
        assertThat(described.code()).isEqualTo(ExitCode.FAILED);
        assertThat(described.err())
                .startsWith("error: shelf: dust\\ndust")
                .hasSizeLessThan(3_000)
                .hasLineCount(1);
        String spec = shell.write("dusty.yaml", """
                version: 1
                name: dusty
                dataset: { plugin: dusty }
                trainer: { plugin: acts }
                variants: { one: {} }
                """);
        Result validated = shell.run("validate", spec);
        assertThat(validated.code()).isEqualTo(ExitCode.USAGE);
        assertThat(validated.err()).contains("error: shelf: dust dust").hasSizeLessThan(4_000);
        assertThat(shell.run("list", "datasets").out())
                .contains("more characters")
                .hasSizeLessThan(3_000);
    }
}
