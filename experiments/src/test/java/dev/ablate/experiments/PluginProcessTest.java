package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.worker.catalog.JarMaker;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins that take what belongs to the process: its streams, and its end. */
class PluginProcessTest {

    private static final String SPEC = """
            version: 1
            name: rude
            dataset: { plugin: or-gate }
            trainer: { plugin: rude }
            variants: { one: {} }
            """;

    @TempDir
    private Path folder;

    private Ablate ablate = new Ablate(Path.of(""));

    @BeforeEach
    void open() {
        ablate = new Ablate(folder);
        ablate.write("rude.yaml", SPEC);
    }

    @Test
    void whatAPluginPrintsOrClosesSpoilsNoDocument() {
        plugin("System.out.println(\"listed\");", """
                System.out.println("epoch 1");
                System.out.close();
                System.err.close();
                System.out.println("epoch 2");
                """);
        Ablate.Result result = ablate.run("run", "rude.yaml", "--offline", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json().getAsJsonArray("runs")).hasSize(1);
        assertThat(result.err()).contains("listed\n", "epoch 1\n", "epoch 2\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trainer 'rude' of rude.jar | System.exit(0);",
                "a plugin | Thread t = new Thread(() -> Runtime.getRuntime().exit(0)); t.start(); t.join();",
            })
    void aPluginThatEndsTheProcessDoesNotMakeItASuccess(String who, String train) {
        plugin("", "try { " + train + " } catch (Exception e) { throw new IllegalStateException(e); }");
        Ablate.Result result = ablate.run("run", "rude.yaml", "--offline");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("error: " + who + " called System.exit (")
                .contains("Rude.java");
    }

    private void plugin(String plug, String train) {
        new JarMaker(folder)
                .module("acme.A", plug + "trainer(\"rude\", NoOptions.class).to(new Rude());")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Rude implements Trainer<NoOptions> {
                          public Model train(NoOptions options, Training training) {
                            Model model = model();
                            training.after(0, 0, model);
                            if (training.examples().size() > 0) {
                        """ + train + """
                            }
                            return model;
                          }
                          public Model restore(NoOptions options, Schema s, InputStream in) {
                            return model();
                          }
                          static Model model() {
                            return new Model() {
                              public void predict(Matrix rows, double[] answers) {}
                              public void write(OutputStream out) {}
                              public Map<String, Double> parameters() { return Map.of(); }
                            };
                          }
                        }
                        """)
                .make("home/plugins/rude/rude.jar");
    }
}
