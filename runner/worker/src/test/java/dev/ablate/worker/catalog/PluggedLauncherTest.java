package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.launch.TaskFunction;
import dev.ablate.core.plugin.PluginEntry.Kind;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A launcher from a jar: what it gives is what a caller can use, and whatever else it does is its failure. */
@Timeout(60)
class PluggedLauncherTest {

    private static final String NAME = "launcher 'acts' of acme.jar ";

    @TempDir
    private Path folder;

    private Plugins plugins = Plugins.find(new URLClassLoader(new URL[0], null), List.of());

    @BeforeEach
    void find() {
        new JarMaker(folder)
                .module("acme.A", """
                        launcher("acts", Acting.class).summary("Does what its options say").to(new Acts());
                        launcher("never", Acting.class).to(Never.class);
                        launcher("foldered", Foldered.class).to(new Launcher<Foldered>() {
                          public String submit(Foldered o, List<TaskFile> t, Exchange e) { return ""; }
                          public JobState poll(Foldered o, String job, Exchange e) { return JobState.ENDED; }
                          public void cancel(Foldered o, String job, Exchange e) {}
                          public String log(Foldered o, String job, Exchange e) { return ""; }
                        });
                        """)
                .module("acme.B", "launcher(\"local\", Acting.class).to(new Acts());")
                .module("acme.C", "launcher(\"alone\", Acting.class).oneAtATime().to(new Acts());")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public record Acting(@Option(help = \"h\", fallback = \"well\") String how) {}")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public record Foldered(@Option(help = \"h\", fallback = \"x\") String folder) {}")
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Acts implements Launcher<Acting> {
                          public String submit(Acting o, List<TaskFile> tasks, Exchange exchange) throws IOException {
                            strike(o);
                            return switch (o.how()) {
                              case "null" -> null;
                              case "blank" -> " \\t";
                              case "lines" -> "job 1\\njob 2";
                              case "ends" -> "job 1\\n";
                              case "separated" -> "job 1\\u2028job 2";
                              default -> exchange.command(tasks) + " in " + exchange.folder() + " for " + tasks.get(0).name();
                            };
                          }
                          public JobState poll(Acting o, String job, Exchange exchange) throws IOException {
                            strike(o);
                            return o.how().equals("null") ? null : JobState.RUNNING;
                          }
                          public void cancel(Acting o, String job, Exchange exchange) throws IOException { strike(o); }
                          public String log(Acting o, String job, Exchange exchange) throws IOException {
                            strike(o);
                            return o.how().equals("null") ? null : "log of " + job;
                          }
                          static void strike(Acting o) throws IOException {
                            if (Thread.currentThread().getContextClassLoader() != Acts.class.getClassLoader()) {
                              throw new IllegalStateException("called with another class loader");
                            }
                            switch (o.how()) {
                              case "io" -> throw new java.nio.file.NoSuchFileException("queue", null, "is down");
                              case "unchecked" -> throw new java.io.UncheckedIOException(new IOException("is down"));
                              case "plain" -> throw new IllegalStateException("no queue");
                              case "old" -> throw new NoSuchMethodError("lib.Helper.one()");
                              default -> { }
                            }
                          }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Never extends Acts {
                          Never() { throw new IllegalStateException("no grid here"); }
                        }
                        """)
                .make("plugins/acme/acme.jar");
        plugins = Plugins.find(new URLClassLoader(new URL[0], null), List.of(folder.resolve("plugins")));
    }

    private record Here(Path folder) implements Exchange {
        @Override
        public Path logs() {
            return folder;
        }

        @Override
        public List<String> command(List<TaskFile> tasks) {
            return tasks.stream().map(task -> "train " + task.file()).toList();
        }

        @Override
        public List<Path> files(TaskFile task) {
            return List.of();
        }

        @Override
        public TaskFunction function(List<TaskFile> tasks) {
            return new TaskFunction(List.of(), "", List.of());
        }
    }

    private static final Exchange EXCHANGE = new Here(Path.of("jobs"));

    private static final List<TaskFile> TASKS = List.of(new TaskFile("bias", Path.of("a.task"), Path.of("a.result")));

    /** A call of each method. */
    private interface Asked {
        Object of(BoundLauncher launcher) throws IOException;
    }

    private static final Map<String, Asked> CALLS = Map.of(
            "submit", launcher -> launcher.submit(TASKS, EXCHANGE),
            "poll", launcher -> launcher.poll("7", EXCHANGE),
            "cancel",
                    launcher -> {
                        launcher.cancel("7", EXCHANGE);
                        return "";
                    },
            "log", launcher -> launcher.log("7", EXCHANGE));

    @Test
    void isAskedByItsNameWithItsOptionsAndItsClassLoader() throws IOException {
        BoundLauncher launcher = launcher("well");
        assertThat(launcher.plugin()).isEqualTo("acts");
        assertThat(launcher.called()).isEqualTo("launcher 'acts' of acme.jar");
        assertThat(launcher.options()).hasToString("Acting[how=well]");
        assertThat(launcher.submit(TASKS, EXCHANGE)).isEqualTo("[train a.task] in jobs for bias");
        assertThat(launcher.poll("7", EXCHANGE)).isEqualTo(JobState.RUNNING);
        launcher.cancel("7", EXCHANGE);
        assertThat(launcher.log("7", EXCHANGE)).isEqualTo("log of 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit", "poll", "cancel", "log"})
    void anIoExceptionPassesAsItIsAndNothingElseDoes(String call) {
        assertThatThrownBy(() -> asked(call, "io"))
                .isExactlyInstanceOf(java.nio.file.NoSuchFileException.class)
                .hasMessage("queue: is down");
        assertThatThrownBy(() -> asked(call, "unchecked"))
                .isInstanceOf(PluginException.class)
                .hasMessageStartingWith(NAME + "failed: java.io.UncheckedIOException: ");
        assertThatThrownBy(() -> asked(call, "plain"))
                .isInstanceOf(PluginException.class)
                .hasMessage(NAME + "failed: java.lang.IllegalStateException: no queue");
        assertThatThrownBy(() -> asked(call, "old"))
                .isInstanceOf(PluginException.class)
                .hasMessageStartingWith(NAME + "failed: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "submit | null | gave null for an id",
                "submit | blank | gave an id of blanks",
                "submit | lines | gave an id of several lines: job 1 job 2",
                "submit | ends | gave an id of several lines: job 1",
                "submit | separated | gave an id of several lines: job 1\u2028job 2",
                "poll | null | gave null for the state of job 7",
                "log | null | gave null for the log of job 7",
            })
    void whatCannotBeUsedIsRefused(String call, String how, String message) {
        assertThatThrownBy(() -> asked(call, how))
                .isInstanceOf(PluginException.class)
                .hasMessage(NAME + message);
    }

    @Test
    void oneThatCannotBeMadeIsReportedWhenItIsChosen() {
        Plugged never = plugged("never");
        Record options = never.options(Map.of("how", "well"));
        assertThatThrownBy(() -> never.launcher(options))
                .isInstanceOf(PluginException.class)
                .hasMessageStartingWith("launcher 'never' of acme.jar cannot be made: ")
                .hasMessageContaining("no grid here");
    }

    @Test
    void anOptionThatIsAKeyOfEveryLauncherIsItsAuthorsMistake() {
        assertThatThrownBy(() -> plugged("foldered").options())
                .isInstanceOf(PluginException.class)
                .hasMessage("launcher 'foldered' of acme.jar cannot be used: the options record acme.Foldered has the"
                        + " component folder, which is a key of every launcher: rename it");
    }

    @Test
    void oneThatIsCalledLocalOrRunsAloneIsRefusedWithItsModule() {
        assertThat(plugins.of(Kind.LAUNCHER)).containsOnlyKeys("acts", "foldered", "never");
        assertThat(plugins.broken())
                .extracting(PluginException::getMessage)
                .satisfiesExactlyInAnyOrder(
                        message -> assertThat(message)
                                .startsWith("plugin acme.B of acme.jar cannot be read: ")
                                .contains(
                                        "no launcher can be called local, which stands for the threads of the program"),
                        message -> assertThat(message)
                                .startsWith("plugin acme.C of acme.jar cannot be read: ")
                                .contains("launcher alone has no runs of its own"));
    }

    private Object asked(String call, String how) throws IOException {
        return Objects.requireNonNull(CALLS.get(call)).of(launcher(how));
    }

    private BoundLauncher launcher(String how) {
        Plugged plugged = plugged("acts");
        return plugged.launcher(plugged.options(Map.of("how", how)));
    }

    private Plugged plugged(String name) {
        return Objects.requireNonNull(plugins.of(Kind.LAUNCHER).get(name));
    }
}
