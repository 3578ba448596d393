package dev.ablate.trainers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Examples;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real scripts, in processes of a real Python. */
@Timeout(120)
class PythonTest {

    private static final Examples SOME =
            Examples.of(List.of("x", "y"), new double[] {1, 2, 3, 4, 5, 7}, new double[] {0, 1, 1});

    @TempDir
    private Path folder;

    private final RecordedTraining training = new RecordedTraining(SOME, 7);

    /** How the process of a run begins. */
    enum Way {
        FORK,
        FRESH,
        DIRECT
    }

    private PythonOptions script(String text) {
        return script(text, Map.of());
    }

    private PythonOptions script(String text, Map<String, Object> options) {
        return Scripts.script(Scripts.write(folder, "train.py", text), options, false);
    }

    private String output() {
        return output(training);
    }

    private static String output(RecordedTraining training) {
        return new String(training.kept().getOrDefault("output.txt", new byte[0]), StandardCharsets.UTF_8);
    }

    private void assertFails(String script, String message) {
        assertThatThrownBy(() -> new Python().train(script(script), training)).hasMessage(message);
    }

    @ParameterizedTest
    @EnumSource
    void isGivenWhatItAsksFor(Way way) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("rate", 1.0);
        options.put("depth", 3L);
        options.put("name", "ä b");
        options.put("deep", true);
        String text = """
                import os, sys
                import ablate
                from ablate import Stop
                print("imported", flush=True)
                def train(options, data, random, report):
                    print(options, data.rows.tolist(), data.targets.tolist(), data.features, data.name, data.task)
                    print(data.classes, data.labels, data.validation, data.rows.flags.writeable, type(data.rows).__name__)
                    print(random("init") is random("init"), random("init").random() != random("shuffle").random())
                    print(os.environ["OMP_NUM_THREADS"], sys.stdin.read() == "", ablate.Stop is Stop,
                        os.getcwd() == os.path.dirname(__file__), flush=True)
                    os.system("echo from a shell")
                    return lambda rows: rows[:, 0] * 2
                """;
        RecordedTraining asked = training.threads(3);
        Servers servers = new Servers(way != Way.DIRECT);
        Path file = Scripts.write(folder, "train.py", text);
        Model model = new Python(servers).train(Scripts.script(file, options, way == Way.FRESH), asked);
        servers.close();
        assertThat(output(asked)).isEqualTo("""
                imported
                {'rate': 1.0, 'depth': 3, 'name': 'ä b', 'deep': True} [[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]] [0.0, 1.0, 1.0] \
                ['x', 'y'] target regression
                None [] None False ndarray
                True True
                3 True True True
                from a shell
                """);
        assertThat(asked.streams()).containsExactly("(seed)");
        assertThat(asked.kept()).containsOnlyKeys("environment.txt", "output.txt");
        assertThat(asked.calls()).containsExactly(new RecordedTraining.Call(1, 1, Map.of(), List.of(2.0, 6.0, 10.0)));
        assertThat(model.isStored()).isFalse();
        assertThatThrownBy(() -> asked.predictions(model)).hasMessageContaining("has ended with its process");
    }

    @Test
    void isKnownToDrawNothingWhereItAsksForNothing() {
        new Python()
                .train(script("def train(options, data, random, report): return lambda rows: rows[:, 0]"), training);
        assertThat(training.streams()).isEmpty();
    }

    @Test
    void drawsWhatTheSeedAndTheStreamSay() {
        new Python().train(script("""
                import hashlib, numpy
                def train(options, data, random, report):
                    seed = int.from_bytes(hashlib.sha256((7).to_bytes(8, "big") + b"init").digest(), "big")
                    print(random("init").random(3).tolist() == numpy.random.Generator(numpy.random.PCG64(seed)).random(3).tolist())
                    return lambda rows: rows[:, 0]
                """), training);
        assertThat(output()).isEqualTo("True\n");
        assertThat(training.streams()).containsExactly("(seed)");
    }

    @Test
    void hasGlobalChanceThatNoSeedRepeats() {
        PythonOptions options = script("""
                import random as other, numpy
                def train(options, data, random, report):
                    print(other.random(), numpy.random.random())
                    return lambda rows: rows[:, 0]
                """);
        new Python().train(options, training);
        String before = output();
        new Python().train(options, training);
        assertThat(output()).isNotEqualTo(before);
    }

    @Test
    void isMeasuredWhereItIsAskedFor() {
        List<Long> asked = new ArrayList<>();
        new Python().train(script("""
                def train(options, data, random, report):
                    for step in range(101):
                        report(step, 100, lambda rows: rows[:, 0] * step)
                    return lambda rows: rows[:, 1]
                """), new ForwardingTraining(training) {
            @Override
            public boolean after(long update, long total, Model now) {
                asked.add(update);
                return super.after(update, total, now);
            }

            @Override
            public long nextMeasured() {
                return asked.isEmpty() ? 0 : asked.get(asked.size() - 1) + 30;
            }
        });
        assertThat(asked).containsExactly(0L, 30L, 60L, 90L, 100L);
        assertThat(training.calls().get(1).predictions()).containsExactly(30.0, 90.0, 150.0);
        // what it returns, whatever it reported
        assertThat(training.calls().get(4).predictions()).containsExactly(2.0, 4.0, 7.0);
    }

    @Test
    void stopsWhereItIsAskedTo() {
        RecordedTraining stopping = training.stopAt(3);
        new Python().train(script("""
                import ablate
                def train(options, data, random, report):
                    for step in range(100):
                        try:
                            report(step, 100, lambda rows: rows[:, 0])
                        except ablate.Stop:
                            print("stopped at", step)
                            raise
                """), stopping);
        assertThat(output(stopping)).isEqualTo("stopped at 3\n");
        assertThat(stopping.calls()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            raise ValueError("no such layer") | ValueError: no such layer (train.py:2)
            import no_module | ModuleNotFoundError: No module named 'no_module' (train.py:2); the interpreter is PYTHON
            return None | nothing that predicts: train returned None
            return 3 | what cannot predict: train returned and reports a function of rows, or an object with predict, not int
            return lambda rows: rows | predictions of shape (3, 2) for 3 rows: (3, 1) or (3,) is asked for
            return lambda rows: rows[:, 0] / 0 | predictions that are not finite: [inf] for row 1 of 3
            return lambda rows: 1 / None | TypeError: unsupported operand type(s) for /: 'int' and 'NoneType' (train.py:2)
            raise SystemExit(3) | SystemExit: 3 (train.py:2)
            print("so far"); import os; os._exit(3) | exit code 3; its last lines: so far
            import os; os.kill(os.getpid(), 9) | signal 9 (as Linux ends what takes too much memory)
            report(2, 1, print) | report(2, 1)
            data.rows[0] = 0 | ValueError: assignment destination is read-only (train.py:2)
            """)
    void failsWithWhatTheScriptDid(String line, String message) {
        assertFails(
                "def train(options, data, random, report):\n    " + line,
                message.replace("PYTHON", Scripts.python().command()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            def fit(): pass | no function train in train.py; it has fit
            import no_module | ModuleNotFoundError: No module named 'no_module' (train.py:1); the interpreter is PYTHON
            def train(: | SyntaxError: invalid syntax (train.py:1)
            train = save = print | a script that has save and not load: train.py has to have both or none
            import os; os._exit(4) | an interpreter that does not start: PYTHON
            """)
    void failsWhereTheScriptCannotBeImported(String line, String message) {
        assertFails(line + "\n", message.replace("PYTHON", Scripts.python().command()));
    }

    @Test
    void keepsThePlaceInOneOfItsModules() {
        Scripts.write(folder, "layers.py", "\ndef build():\n    raise KeyError('depth')\n");
        assertFails("""
                import layers
                def train(options, data, random, report):
                    layers.build()
                """, "KeyError: 'depth' (layers.py:3)");
        assertThat(output()).startsWith("Traceback (most recent call last):");
    }

    @Test
    void keepsTheFirstAndTheLastOfALongOutput() {
        new Python().train(script("""
                import time
                def train(options, data, random, report):
                    print("first")
                    for part in range(4):
                        print("x" * 100 + "\\n" * 20, end="" if part else "y" * 1_000_000, flush=True)
                        time.sleep(0.15)
                    print("last", flush=True)
                    return lambda rows: rows[:, 0]
                """), training);
        assertThat(output())
                .startsWith("first\n")
                .endsWith("last\n")
                .contains("lines are left out")
                .hasSizeLessThan(1_100_000);
    }

    private Training cancelledAt(Path marker) {
        AtomicBoolean ended = new AtomicBoolean();
        return new ForwardingTraining(training) {
            @Override
            public boolean cancelled() {
                ended.compareAndSet(false, Files.exists(marker));
                return ended.get();
            }

            @Override
            public void report(long step, String name, double value) {
                throw new IllegalStateException("cancelled");
            }
        };
    }

    private static final String SLEEPS = """
            import os, subprocess, time
            def train(options, data, random, report):
                child = subprocess.Popen(["sleep", "1000"])
                with open("pids.txt.part", "w") as file:
                    file.write("%d %d" % (os.getpid(), child.pid))
                os.rename("pids.txt.part", "pids.txt")
                time.sleep(1000)
            """;

    private List<Long> pids() throws IOException {
        return List.of(Files.readString(folder.resolve("pids.txt")).split(" ", -1)).stream()
                .map(Long::parseLong)
                .toList();
    }

    private static void assertEnd(List<Long> processes) throws InterruptedException {
        for (long process : processes) {
            Optional<ProcessHandle> handle = ProcessHandle.of(process);
            while (handle.map(ProcessHandle::isAlive).orElse(false)) {
                Thread.sleep(20);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsAllThatItHasStartedWhereTheRunIsCancelled(Way way) throws Exception {
        PythonOptions options = Scripts.script(Scripts.write(folder, "train.py", SLEEPS), Map.of(), way == Way.FRESH);
        Servers servers = new Servers(way != Way.DIRECT);
        Training cancelled = cancelledAt(folder.resolve("pids.txt"));
        assertThatThrownBy(() -> new Python(servers).train(options, cancelled)).hasMessage("cancelled");
        assertEnd(pids());
        servers.close();
    }

    /** As where this process is killed: nobody holds the other end of its pipe any more. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DIRECT")
    void endsAllThatItHasStartedWhereNobodyIsThereAnyMore(Way way) throws Exception {
        PythonOptions options = Scripts.script(Scripts.write(folder, "train.py", SLEEPS), Map.of(), way == Way.FRESH);
        Servers servers = new Servers(true);
        Thread runs = new Thread(() -> {
            try {
                new Python(servers).train(options, training);
            } catch (RuntimeException e) {
                // it is ended
            }
        });
        runs.start();
        while (!Files.exists(folder.resolve("pids.txt"))) {
            Thread.sleep(20);
        }
        servers.close();
        assertEnd(pids());
        runs.join();
    }

    @Test
    void endsWhatARunHasLeftRunning() throws Exception {
        new Python().train(script("""
                import subprocess
                def train(options, data, random, report):
                    print(subprocess.Popen(["sleep", "1000"]).pid)
                    return lambda rows: rows[:, 0]
                """), training);
        assertEnd(List.of(Long.parseLong(output().strip())));
    }

    @Test
    void importsAScriptOnceAndAgainWhereItHasChanged() {
        Servers servers = new Servers(true);
        String text = """
                import time
                when = time.time_ns()
                def train(options, data, random, report):
                    print(when)
                    return lambda rows: rows[:, 0]
                """;
        new Python(servers).train(script(text), training);
        String first = output();
        new Python(servers).train(script(text), training);
        assertThat(output()).isEqualTo(first);
        new Python(servers).train(script(text + "\n"), training);
        assertThat(output()).isNotEqualTo(first);
        servers.close();
    }

    @Test
    void trainsAnEstimator() {
        new Python().train(Scripts.estimator("sklearn.linear_model.Ridge", Map.of("alpha", 0.5)), training);
        assertThat(training.streams()).containsExactly("(seed)");
        assertThat(training.calls()).hasSize(1);
        RecordedTraining classes = training.classes("no", "yes", "maybe");
        new Python().train(Scripts.estimator("sklearn.linear_model.LogisticRegression", Map.of()), classes);
        // a column for the class that no row has, too
        assertThat(classes.calls().get(0).predictions()).hasSize(9).contains(0.0);
        RecordedTraining two = training.classes("no", "yes");
        new Python().train(Scripts.estimator("sklearn.neighbors.KNeighborsClassifier", Map.of("n_neighbors", 1L)), two);
        assertThat(two.calls().get(0).predictions()).containsExactly(0.0, 1.0, 1.0);
        assertThat(two.streams()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sklearn.linear_model.Ridge | alpa | no parameter alpa of Ridge; did you mean alpha?
            sklearn.linear_model.Rigde | alpha | no Rigde in sklearn.linear_model; did you mean Ridge?
            sklaern.linear_model.Ridge | alpha | ModuleNotFoundError: No module named 'sklaern'; the interpreter is PYTHON
            """)
    void namesWhatAnEstimatorIsNot(String estimator, String param, String message) {
        assertThatThrownBy(() -> new Python().train(Scripts.estimator(estimator, Map.of(param, 1.0)), training))
                .hasMessage(message.replace("PYTHON", Scripts.python().command()));
    }
}
