package dev.ablate.trainers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process answers with each report without being asked, and what it is asked. */
@Timeout(120)
class LiveModelTest {

    private static final Examples SOME =
            Examples.of(List.of("x", "y"), new double[] {1, 2, 3, 4, 5, 7}, new double[] {0, 1, 1});

    private static final Matrix HELD = Matrix.of(2, 10, 20, 30, 40);

    /** Reports 0 to 3 of 3; at each step the first column times the step is answered. */
    private static final String STEPS = """
            def train(options, data, random, report):
                def learned(step):
                    return lambda rows: rows[:, 0] * step
                for step in range(4):
                    report(step, 3, learned(step))
                return learned(3)
            """;

    @TempDir
    private Path folder;

    private final RecordedTraining training = new RecordedTraining(SOME, 7).holdingBack(HELD);

    /** What is done with the model of each report. */
    private interface Look {
        void at(long update, Model now);
    }

    private void train(String script, Look look) {
        train(script, true, look);
    }

    private void train(String script, boolean mayStop, Look look) {
        Training looking = new ForwardingTraining(training) {
            @Override
            public boolean after(long update, long total, Model now) {
                look.at(update, now);
                return !mayStop || update < 2 || total == 3;
            }

            @Override
            public boolean mayStop() {
                return mayStop;
            }
        };
        new Python().train(Scripts.script(Scripts.write(folder, "train.py", script), Map.of(), false), looking);
    }

    private static List<Double> answers(Model model, Matrix rows) {
        double[] answers = new double[rows.size()];
        model.predict(rows, answers);
        List<Double> list = new ArrayList<>();
        for (double answer : answers) {
            list.add(answer);
        }
        return list;
    }

    @Test
    void answersEachPartOfTheDataAsItIsAtEachStep() {
        List<List<Double>> answers = new ArrayList<>();
        train(STEPS, (update, now) -> {
            // in another order than they are written in, and twice
            answers.add(answers(now, HELD));
            answers.add(answers(now, SOME.rows()));
            answers.add(answers(now, HELD));
        });
        assertThat(answers)
                .containsExactly(
                        List.of(0.0, 0.0),
                        List.of(0.0, 0.0, 0.0),
                        List.of(0.0, 0.0),
                        List.of(10.0, 30.0),
                        List.of(1.0, 3.0, 5.0),
                        List.of(10.0, 30.0),
                        List.of(20.0, 60.0),
                        List.of(2.0, 6.0, 10.0),
                        List.of(20.0, 60.0),
                        List.of(30.0, 90.0),
                        List.of(3.0, 9.0, 15.0),
                        List.of(30.0, 90.0));
    }

    @Test
    void answersManyOtherRowsBesides() {
        List<Double> others = new ArrayList<>();
        List<Double> parts = new ArrayList<>();
        train(STEPS, (update, now) -> {
            for (int k = 0; k < 7; k++) {
                others.addAll(answers(now, Matrix.of(2, k, 0)));
            }
            parts.addAll(answers(now, HELD));
        });
        assertThat(others).hasSize(28).startsWith(0.0, 0.0).endsWith(9.0, 12.0, 15.0, 18.0);
        // what else was asked has not been written over them
        assertThat(parts).endsWith(20.0, 60.0, 30.0, 90.0);
    }

    @Test
    void goesOnWhereNobodyLooks() {
        List<Long> updates = new ArrayList<>();
        train(STEPS, (update, now) -> updates.add(update));
        assertThat(updates).containsExactly(0L, 1L, 2L, 3L);
    }

    /** The script's own handler must not hide it, and the runner knows by then which step it is of. */
    @Test
    void failsAtTheStepWhoseModelCannotAnswer() {
        List<Long> updates = new ArrayList<>();
        assertThatThrownBy(() -> train("""
                def train(options, data, random, report):
                    for step in range(4):
                        try:
                            report(step, 3, lambda rows: rows[:, 0] if step < 2 else len(None))
                        except Exception:
                            print("hidden")
                """, (update, now) -> {
                    updates.add(update);
                    answers(now, HELD);
                }))
                .hasMessage("TypeError: object of type 'NoneType' has no len() (train.py:4)");
        assertThat(updates).containsExactly(0L, 1L, 2L);
    }

    @Test
    void isNotAskedForTheModelOfARunThatWasStopped() {
        List<Long> updates = new ArrayList<>();
        train("""
                import ablate
                def train(options, data, random, report):
                    try:
                        for step in range(9):
                            report(step, 8, lambda rows: rows[:, 0])
                    except ablate.Stop:
                        return lambda rows: 1 / 0
                """, (update, now) -> updates.add(update));
        assertThat(updates).containsExactly(0L, 1L, 2L);
    }

    /** Learns in place, and leaves a file with the step that it learns next. */
    private static final String IN_PLACE = """
            import os
            def train(options, data, random, report):
                weights = [0.0]
                for step in range(3):
                    weights[0] = step
                    report(step, 3, lambda rows: rows[:, 0] * weights[0])
                    weights[0] = 100.0
                    open(os.path.join(os.path.dirname(__file__), "after-%d" % step), "w").close()
                    DRAWN
                weights[0] = 3.0
                return lambda rows: rows[:, 0] * weights[0]
            """;

    private void awaitFile(String name) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(folder.resolve(name))) {
            assertThat(System.nanoTime()).as("waits for " + name).isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "random('noise').normal()"})
    void learnsOnWhileItIsMeasuredWhereNothingStopsIt(String drawn) {
        List<List<Double>> answers = new ArrayList<>();
        train(IN_PLACE.replace("DRAWN", drawn), false, (update, now) -> {
            if (update < 3) {
                awaitFile("after-" + update);
                // time for the next report, which must not come through
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                assertThat(folder.resolve("after-" + (update + 1))).doesNotExist();
            }
            answers.add(answers(now, SOME.rows()));
            answers.add(answers(now, HELD));
        });
        assertThat(answers)
                .containsExactly(
                        List.of(0.0, 0.0, 0.0),
                        List.of(0.0, 0.0),
                        List.of(1.0, 3.0, 5.0),
                        List.of(10.0, 30.0),
                        List.of(2.0, 6.0, 10.0),
                        List.of(20.0, 60.0),
                        List.of(3.0, 9.0, 15.0),
                        List.of(30.0, 90.0));
    }

    @Test
    void failsWithWhatTheScriptDoesWhileItIsMeasured() {
        List<Long> updates = new ArrayList<>();
        assertThatThrownBy(() -> train(IN_PLACE.replace("DRAWN", "1 / 0"), false, (update, now) -> {
                    updates.add(update);
                    awaitFile("after-" + update);
                    answers(now, HELD);
                }))
                .hasMessage("ZeroDivisionError: division by zero (train.py:9)");
        assertThat(updates).containsExactly(0L);
    }

    /** What a process has taken up, such as the memory of a graphics card, is free for the next; what else is done need not wait for that. */
    @Test
    void beginsOnceTheProcessOfTheRunBeforeHasEnded() throws IOException {
        String script = """
                import os, time
                import ablate
                PID = os.path.join(os.path.dirname(__file__), "pid")
                exit = os._exit
                def end_slowly(code):
                    time.sleep(0.5)
                    exit(code)
                def train(options, data, random, report):
                    os._exit = end_slowly
                    if os.path.exists(PID):
                        try:
                            os.kill(int(open(PID).read()), 0)
                            raise RuntimeError("the other is still there")
                        except ProcessLookupError:
                            pass
                    with open(PID, "w") as out:
                        out.write(str(os.getpid()))
                    report(0, 0, lambda rows: rows[:, 0])
                    return lambda rows: rows[:, 0]
                """;
        List<Long> updates = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            train(script, (update, now) -> updates.add(update));
            long pid = Long.parseLong(Files.readString(folder.resolve("pid")));
            assertThat(ProcessHandle.of(pid)).isPresent();
        }
        assertThat(updates).containsExactly(0L, 0L, 0L);
    }

    @Test
    void leavesNothingBehindInTheFolderOfItsInterpreter() throws IOException {
        Servers servers = new Servers(true);
        PythonOptions options = Scripts.script(Scripts.write(folder, "train.py", STEPS), Map.of(), false);
        new Python(servers).train(options, training);
        servers.awaitLeft();
        Path place = servers.of(Launch.of(options, training.threads()), () -> false)
                .imported()
                .getParent();
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ablate.py", "import.txt", "socket");
        }
        servers.close();
    }

    @Test
    void isAskedOnceForWhatIsMeasured() {
        train(STEPS.replace("return lambda rows: rows[:, 0] * step", """
                        def predict(rows):
                            print(step, len(rows))
                            return rows[:, 0] * step
                        return predict
                """.strip()), (update, now) -> {
            answers(now, HELD);
            answers(now, SOME.rows());
        });
        assertThat(new String(training.kept().get("output.txt"), StandardCharsets.UTF_8).lines())
                .containsExactly("0 3", "0 2", "1 3", "1 2", "2 3", "2 2", "3 3", "3 2");
    }
}
