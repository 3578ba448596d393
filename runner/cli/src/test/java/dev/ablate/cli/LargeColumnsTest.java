package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns so large that a limited activation has no slope to learn by are reported before anything runs. */
class LargeColumnsTest {

    private static final String WAY_OUT =
            " is flat there, so that little or nothing is learned; write data: { scale: { features: standard } }";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void start() {
        shell = new Shell(folder);
        shell.write(
                "income.csv",
                "income,age,won,score\n1e9,30,0,1.5\n-1e10,40,1,2.5\n3e9,50,0,3.5\n7e9,60,1,4.5\n2e9,35,0,5.5\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "won | plugin: perceptron, epochs: 5 | sigmoid",
                "won | plugin: perceptron, updates: 5, activation: tanh | tanh",
                "score | plugin: mlp, epochs: 5, hidden: [2] | tanh",
                "won | plugin: mlp, epochs: 5, hidden: [2] | sigmoid or tanh",
                "score | plugin: perceptron, epochs: 5 | ",
                "won | plugin: perceptron, epochs: 0 | ",
                "won | plugin: perceptron, epochs: 5, activation: step | "
            })
    void whereAnActivationIsFlat(String target, String trainer, String flat) {
        String err = plan(target, trainer, "");
        if (flat == null) {
            assertThat(err).doesNotContain("is flat");
        } else {
            assertThat(err).contains("warning: 'income' reaches -1e10 and is not scaled: " + flat + WAY_OUT + "\n");
        }
    }

    @Test
    void theWayOutLeadsOut() {
        String trainer = "plugin: perceptron, epochs: 5";
        assertThat(plan("won", trainer, "data: { scale: { features: standard } }"))
                .doesNotContain("is flat");
        assertThat(plan("won", trainer, "data: { features: [age] }")).doesNotContain("is flat");
    }

    @Test
    void theVariantsThatHaveItAreNamed() {
        String variants = "variants: { raw: {}, scaled: { data.scale.features: standard } }";
        assertThat(plan("won", "plugin: perceptron, epochs: 5", variants))
                .contains("so that little or nothing is learned in variant raw; write data: ");
    }

    @Test
    void theReportSaysItToo() {
        plan("won", "plugin: perceptron, epochs: 5", "variants: { a: {}, b: { trainer.bias: false } }");
        Shell.Result run = shell.run("run", folder.resolve("rich.yaml").toString(), "--offline");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("'income' reaches -1e10 and is not scaled: sigmoid is flat there");
    }

    private String plan(String target, String trainer, String more) {
        String yaml = """
                version: 1
                name: rich
                dataset: { plugin: table, file: income.csv, target: %s }
                trainer: { learning_rate: 0.1, %s }
                %s
                """.formatted(target, trainer, more);
        Shell.Result result = shell.run("plan", shell.write("rich.yaml", yaml));
        assertThat(result.code()).as(result.err()).isZero();
        return result.err();
    }
}
