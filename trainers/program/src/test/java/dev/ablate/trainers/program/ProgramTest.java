package dev.ablate.trainers.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.metric.Goal;
import dev.ablate.core.note.Note;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.RecordedTraining.Report;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.program.ProgramOptions.At;
import dev.ablate.trainers.program.ProgramOptions.Cwd;
import dev.ablate.trainers.program.ProgramOptions.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real scripts of Python, run as a trainer. */
@Timeout(60)
class ProgramTest {

    private static final Examples SOME = Examples.of(List.of("x"), new double[] {1, 2}, new double[] {0, 1});

    @TempDir
    private Path folder;

    private final RecordedTraining training = new RecordedTraining(SOME, 7);

    private ProgramOptions script(String script, String... arguments) throws IOException {
        return script(Map.of(), List.of(), script, arguments);
    }

    private ProgramOptions script(Map<String, Object> options, List<String> outputs, String script, String... arguments)
            throws IOException {
        Path file = Files.writeString(folder.resolve("train.py"), script);
        List<String> command = new ArrayList<>(List.of("python3", "train.py"));
        command.addAll(List.of(arguments));
        return new ProgramOptions(
                command,
                new FreeOptions(options),
                new Inputs(Map.of("train.py", file)),
                outputs,
                new Goals(Map.of("loss", Goal.MINIMIZE)),
                At.LAST,
                new Variables(Map.of()),
                Cwd.RUN,
                Environment.RECORD,
                false);
    }

    private void train(ProgramOptions options) {
        assertThat(new Program().train(options, training)).isSameAs(Model.none());
    }

    @Test
    void getsOptionsAndTheSeed() throws IOException {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("lr", 0.5);
        options.put("name", "a b");
        train(script(options, List.of(), """
                import os, sys
                print(sys.argv[1:], os.environ["ABLATE_SEED"], os.environ["PYTHONHASHSEED"], sys.stdin.read() == "")
                print("loss=1")
                """, "--lr={lr}", "{name}", "{seed}", "{{x}"));
        assertThat(output()).startsWith("['--lr=0.5', 'a b', '7', '{x}'] 7 7 True\n");
        assertThat(training.streams()).containsExactly("(seed)");
    }

    @Test
    void reportsWhatIsPrintedAndWhatIsWrittenToTheFile() throws IOException {
        train(script("""
                import json, os, sys
                print("loss: 3")
                print("step=5 loss=2.5, lr=0.1", file=sys.stderr, flush=True)
                print(json.dumps({"step": 6, "loss": 2.25, "text": "x"}))
                print("loss=1e-1")
                sys.stdout.flush()
                import time; time.sleep(0.3)
                with open(os.environ["ABLATE_REPORT"], "a") as file:
                    file.write(json.dumps({"step": 9, "loss": 0.05}))
                """));
        assertThat(training.reports())
                .containsExactly(
                        new Report(1, "loss", 3),
                        new Report(5, "loss", 2.5),
                        new Report(6, "loss", 2.25),
                        new Report(7, "loss", 0.1),
                        new Report(9, "loss", 0.05));
        assertThat(training.calls()).extracting(RecordedTraining.Call::update).containsExactly(9L);
    }

    @Test
    void storesOutputs() throws IOException {
        train(script(Map.of(), List.of("model.txt", "plots/*.svg"), """
                import os
                os.mkdir("plots")
                open("plots/a.svg", "w").write("a")
                open("model.txt", "w").write("m")
                print("loss=1")
                """));
        assertThat(training.kept()).containsOnlyKeys("model.txt", "a.svg", "output.txt", "environment.txt");
    }

    @Test
    void failsWhereAnOutputIsMissing() throws IOException {
        assertFails(script(Map.of(), List.of("model.txt"), "print('loss=1')"), "a missing output: model.txt");
    }

    @Test
    void failsWithTheLastLines() throws IOException {
        ProgramOptions options = script("""
                import sys
                for k in range(30): print("line", k)
                sys.exit("no data")
                """);
        assertThatThrownBy(() -> new Program().train(options, training))
                .hasToString("exit code 1; its last lines: "
                        + IntStream.range(11, 30).mapToObj(k -> "line " + k).collect(Collectors.joining(" | "))
                        + " | no data");
        assertThat(output()).contains("line 0\n").endsWith("no data\n");
    }

    @Test
    void failsWithASignal() throws IOException {
        assertFails(script("import os; os.kill(os.getpid(), 9)"), "signal 9");
    }

    @Test
    void failsWhereAMetricNeverCame() throws IOException {
        assertFails(
                script("print('lr=0.1 accuracy=3')"),
                "a missing metric: it reported accuracy, lr; not loss; a value is read from a line such as loss=0.5");
        assertFails(
                script(""),
                "a missing metric: it reported no figure; not loss; a value is read from a line such as loss=0.5");
    }

    /** The calls that MLflow's clients make. */
    private static final String CALL = """
            import json, os, urllib.request
            def call(name, **body):
                request = urllib.request.Request(
                    os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/" + name, json.dumps(body).encode(),
                    {"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"]})
                return json.load(urllib.request.urlopen(request))
            """;

    private static final String FOLDS = CALL + """
            main = call("runs/create", run_name="all")["run"]["info"]["run_id"]
            call("runs/log-metric", run_id=main, key="lr", value=0.1)
            for fold in range(1, FOLDS + 1):
                tags = [{"key": "mlflow.parentRunId", "value": main}]
                run = call("runs/create", run_name=f"fold {fold}", tags=tags)["run"]["info"]["run_id"]
                call("runs/log-metric", run_id=run, key="loss", value=fold)
            """;

    @Test
    void saysWhereAMetricCameInFurtherRunsAlone() throws IOException {
        String last =
                " alone, which is not compared: log one value of it, such as their mean, in the first run that the"
                        + " program starts";
        assertFails(
                script(FOLDS.replace("FOLDS", "1")),
                "a missing metric: it reported lr; not loss; loss was logged in the further run fold 1" + last);
        assertFails(
                script(FOLDS.replace("FOLDS", "3")),
                "a missing metric: it reported lr; not loss; loss was logged in 3 further runs (fold 1, fold 2, fold 3)"
                        + last);
        assertFails(
                script(FOLDS.replace("FOLDS", "5")),
                "a missing metric: it reported lr; not loss; loss was logged in 5 further runs (fold 1, fold 2, fold 3,"
                        + " ...)" + last);
        train(script(FOLDS.replace("FOLDS", "2") + "call('runs/log-metric', run_id=main, key='loss', value=1.5)"));
        assertThat(training.reports()).containsExactly(new Report(0, "loss", 1.5));
    }

    @Test
    void failsWhereAValueIsNotFinite() throws IOException {
        assertFails(
                script("print('loss=2'); print('loss=nan')"),
                "a value that is not finite: it reported NaN as loss at step 2, after step 1");
        assertFails(
                script("import json; print(json.dumps({'loss': float('inf')}))"),
                "a value that is not finite: it reported Infinity as loss at step 1");
    }

    @Test
    void failsWhereStepsDoNotRise() throws IOException {
        assertFails(
                script("print('step=2 loss=2'); print('step=1 loss=1')"),
                "steps that do not rise: it reported loss at step 1 after step 2: 'step=1 loss=1'");
    }

    @Test
    void failsWhereThereIsNoProgram() {
        ProgramOptions options = new ProgramOptions(
                List.of("no-such-program"),
                new FreeOptions(Map.of()),
                new Inputs(Map.of()),
                List.of(),
                new Goals(Map.of("loss", Goal.MINIMIZE)),
                At.LAST,
                new Variables(Map.of()),
                Cwd.RUN,
                Environment.RECORD,
                false);
        assertFails(options, "no program 'no-such-program' on the PATH");
    }

    /** What it has started ends with it, whether or not it listens. */
    @Test
    void endsAllThatItHasStartedWhereTheRunIsCancelled() throws Exception {
        Path pids = folder.resolve("pids");
        ProgramOptions options = script(Map.of("pids", pids.toString()), List.of(), """
                import os, subprocess, sys, time
                child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
                deaf = subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 100 & wait; sleep 100"])
                time.sleep(0.3)
                open(sys.argv[1] + ".new", "w").write(f"{os.getpid()} {child.pid} {deaf.pid}")
                os.rename(sys.argv[1] + ".new", sys.argv[1])
                time.sleep(100)
                """, "{pids}");
        AtomicBoolean cancelled = new AtomicBoolean();
        IllegalStateException reason = new IllegalStateException("cancelled");
        Training ending = new ForwardingTraining(training) {
            @Override
            public boolean cancelled() {
                cancelled.compareAndSet(false, Files.exists(pids));
                return cancelled.get();
            }

            @Override
            public boolean after(long update, long total, Model now) {
                throw reason;
            }
        };
        assertThatThrownBy(() -> new Program().train(options, ending)).isSameAs(reason);
        for (String pid : Files.readString(pids).split(" ", -1)) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProgramTest::isRunning))
                    .isEmpty();
        }
    }

    /** It fails by what it reported, and is still at work. */
    @Test
    void endsAllThatItHasStartedWhereItFails() throws Exception {
        Path pids = folder.resolve("pids");
        assertFails(script(Map.of("pids", pids.toString()), List.of(), """
                        import os, subprocess, sys, time
                        child = subprocess.Popen(["sleep", "100"])
                        open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}")
                        print("loss=nan", flush=True)
                        time.sleep(100)
                        """, "{pids}"), "a value that is not finite");
        for (String pid : Files.readString(pids).split(" ", -1)) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProgramTest::isRunning))
                    .isEmpty();
        }
    }

    /** A process that nobody has waited for yet is not running any more. */
    private static boolean isRunning(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .matches("(?s).*\\) Z .*");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void endsWhatTheProgramHasNotWaitedFor() throws Exception {
        Path pid = folder.resolve("pid");
        train(script(Map.of("pid", pid.toString()), List.of(), """
                import subprocess, sys
                child = subprocess.Popen(["sleep", "100"])
                open(sys.argv[1], "w").write(str(child.pid))
                print("loss=1")
                """, "{pid}"));
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid))).filter(ProgramTest::isRunning))
                .isEmpty();
    }

    @Test
    void boundsWhatItStores() throws IOException {
        train(script("for k in range(100000): print('x' * 30, k)\nprint('loss=1')"));
        assertThat(output())
                .hasSizeLessThan(1_100_000)
                .contains(" lines are left out\n")
                .endsWith("99999\nloss=1\n");
    }

    @Test
    void getsWhatTheRunIsCalledAndItsFolders() throws IOException {
        train(script("""
                import os, sys
                print(sys.argv[1:3], os.environ["ABLATE_VARIANT"], os.environ["ABLATE_SLOT"])
                print(sys.argv[3] == os.environ["ABLATE_CHECKPOINT"], os.listdir(sys.argv[3]))
                print(os.path.samefile(os.path.dirname(sys.argv[4]), os.getcwd()))
                print("loss=1")
                """, "{variant}", "{slot}", "{checkpoint_dir}", "{data_dir}"));
        assertThat(output()).startsWith("['variant', '3'] variant 3\nTrue []\nTrue\n");
    }

    @Test
    void takesTheBestValueWhereItIsAskedTo() throws IOException {
        ProgramOptions last = script("for loss in 3, 1, 2: print(f'loss={loss}')");
        train(new ProgramOptions(
                last.command(),
                last.options(),
                last.inputs(),
                last.outputs(),
                last.metrics(),
                At.BEST,
                last.env(),
                last.cwd(),
                last.environment(),
                last.deterministic()));
        assertThat(training.reports()).extracting(Report::value).containsExactly(3.0, 1.0, 1.0);
    }

    /** Which goes on after two of four steps, and does one step less than it reports before it is killed. */
    private static final String STEPS = """
            import json, os, sys
            folder = os.environ["ABLATE_CHECKPOINT"]
            done = int(open(folder + "/done").read()) if os.path.exists(folder + "/done") else 0
            for step in range(done + 1, 5):
                line = json.dumps({"step": step, "loss": 1 / step})
                if sys.argv[1] == "file":
                    open(os.environ["ABLATE_REPORT"], "a").write(line + "\\n")
                else:
                    print(line, flush=True)
                if step == done + 2:
                    sys.exit(3)
                open(folder + "/done", "w").write(str(step))
            """;

    @Test
    void goesOnFromACheckpoint() throws IOException {
        for (String way : List.of("file", "print")) {
            Path left = Files.createDirectory(folder.resolve(way));
            for (int attempt = 1; attempt <= 4; attempt++) {
                RecordedTraining again = new RecordedTraining(SOME, 7).goingOnFrom(left);
                ProgramOptions options = script(STEPS, way);
                if (attempt < 4) {
                    assertThatThrownBy(() -> new Program().train(options, again))
                            .hasMessageStartingWith("exit code 3");
                } else {
                    new Program().train(options, again);
                    assertThat(again.reports())
                            .containsExactly(
                                    new Report(1, "loss", 1),
                                    new Report(2, "loss", 0.5),
                                    new Report(3, "loss", 1.0 / 3),
                                    new Report(4, "loss", 0.25));
                    assertThat(again.notes().all()).contains(new Note.Tag("resumed", "3"));
                }
            }
        }
    }

    @Test
    void beginsFromItsStartWhereNothingWasLeftToGoOnFrom() throws IOException {
        Path left = Files.createDirectory(folder.resolve("left"));
        ProgramOptions options = script("print('loss=2'); print('loss=1'); import os; os.kill(os.getpid(), 9)");
        for (int attempt = 1; attempt <= 2; attempt++) {
            RecordedTraining again = new RecordedTraining(SOME, 7).goingOnFrom(left);
            assertThatThrownBy(() -> new Program().train(options, again)).hasMessageStartingWith("signal 9");
            assertThat(again.reports()).containsExactly(new Report(1, "loss", 2), new Report(2, "loss", 1));
        }
    }

    @Test
    void wantsStepsWhereItGoesOn() throws IOException {
        Path left = Files.createDirectory(folder.resolve("left"));
        ProgramOptions options = script("""
                import os
                open(os.environ["ABLATE_CHECKPOINT"] + "/done", "w").write("1")
                print("loss=1", flush=True)
                os.kill(os.getpid(), 9)
                """);
        assertThatThrownBy(() -> new Program().train(options, new RecordedTraining(SOME, 7).goingOnFrom(left)))
                .hasMessageStartingWith("signal 9");
        assertThatThrownBy(() -> new Program().train(options, new RecordedTraining(SOME, 7).goingOnFrom(left)))
                .hasMessage(
                        "a value without a step, in an attempt that goes on from a checkpoint: print step= with loss:"
                                + " 'loss=1'");
    }

    /** It was killed while it wrote a line; the next attempt appends another, and Ablate is killed before it has read it. */
    @Test
    void losesNoLineBehindHalfALine() throws IOException {
        Path left = Files.createDirectory(folder.resolve("left"));
        ProgramOptions options = script("""
                import os
                done = os.environ["ABLATE_CHECKPOINT"] + "/done"
                if not os.path.exists(done):
                    open(done, "w").close()
                    open(os.environ["ABLATE_REPORT"], "a").write('{"step": 1, "loss": 0.5}\\n{"step": 2, "lo')
                    os.kill(os.getpid(), 9)
                """);
        assertThatThrownBy(() -> new Program().train(options, new RecordedTraining(SOME, 7).goingOnFrom(left)))
                .hasMessageStartingWith("signal 9");
        Checkpoints second = new Checkpoints(new RecordedTraining(SOME, 7).goingOnFrom(left));
        Files.writeString(second.reports(), "{\"step\": 2, \"loss\": 0.25}\n", StandardOpenOption.APPEND);
        RecordedTraining third = new RecordedTraining(SOME, 7).goingOnFrom(left);
        new Program().train(options, third);
        assertThat(third.reports()).containsExactly(new Report(1, "loss", 0.5), new Report(2, "loss", 0.25));
    }

    /** It logs again what it has logged at the step of its checkpoint. */
    @Test
    void takesAValueThatMlflowGetsAgainOnce() throws IOException {
        Path left = Files.createDirectory(folder.resolve("left"));
        ProgramOptions options = script(CALL + """
                done = os.environ["ABLATE_CHECKPOINT"] + "/done"
                again = os.path.exists(done)
                for step, loss in ((2, 0.25), (3, 0.125)) if again else ((1, 0.5), (2, 0.25)):
                    call("runs/log-metric", run_id=os.environ["MLFLOW_RUN_ID"], key="loss", value=loss, step=step)
                open(done, "w").close()
                if not again:
                    os.kill(os.getpid(), 9)
                """);
        assertThatThrownBy(() -> new Program().train(options, new RecordedTraining(SOME, 7).goingOnFrom(left)))
                .hasMessageStartingWith("signal 9");
        RecordedTraining again = new RecordedTraining(SOME, 7).goingOnFrom(left);
        new Program().train(options, again);
        assertThat(again.reports())
                .containsExactly(new Report(1, "loss", 0.5), new Report(2, "loss", 0.25), new Report(3, "loss", 0.125));
    }

    /** Whoever started it was killed, and could not end it. */
    @Test
    void endsWhatAnEarlierAttemptHasLeftRunning() throws Exception {
        Path left = Files.createDirectory(folder.resolve("left"));
        ProgramOptions options = script("print('loss=1')");
        ProcessGroup orphan = ProcessGroup.start(new ProcessBuilder("sleep", "100"));
        new Checkpoints(new RecordedTraining(SOME, 7).goingOnFrom(left)).belongsTo(orphan.process());
        new Program().train(options, new RecordedTraining(SOME, 7).goingOnFrom(left));
        assertThat(orphan.process().waitFor(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void handsOverDataAndHasPredictionsMeasured() throws IOException {
        Examples train = Examples.of(List.of("a", "b,c"), new double[] {1, 2, 3, 0.1}, new double[] {0, 1});
        RecordedTraining held =
                new RecordedTraining(train, 7).classes("no", "yes").holdingBack(Matrix.of(2, 5, 6, 7, 8, 9, 10));
        ProgramOptions options = script(Map.of("file", ""), List.of(), """
                import json, os, struct, sys
                data = os.environ["ABLATE_DATA"]
                for name in sorted(os.listdir(data)):
                    if not name.endswith(".npy"):
                        print(name, open(data + "/" + name).read())
                raw = open(data + "/test.npy", "rb").read()
                assert raw[:6] == b"\\x93NUMPY" and b"'shape': (3, 2)" in raw[:128], raw
                rows = struct.unpack("<6d", raw[128:])
                assert b"'shape': (2,)" in open(data + "/train_targets.npy", "rb").read()
                header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".ljust(117) + "\\n"
                out = b"\\x93NUMPY\\x01\\x00" + struct.pack("<H", len(header)) + header.encode()
                open("test.npy", "wb").write(out + struct.pack("<3f", *rows[::2]))
                open("test.csv", "w").write("\\n".join(str(row) for row in rows[1::2]))
                print("loss=1")
                with open(os.environ["ABLATE_REPORT"], "a") as report:
                    report.write(json.dumps({"predictions": sys.argv[1]}) + "\\n")
                """, "{file}");
        new Program().train(with(options, "file", "test.npy"), held);
        assertThat(held.answers()).containsExactly(5, 7, 9);
        assertThat(new String(held.kept().getOrDefault("output.txt", new byte[0]), StandardCharsets.UTF_8))
                .isEqualTo("""
                        columns.json {"features":["a","b,c"],"target":"target","classes":["no","yes"]}
                        test.csv a,"b,c"
                        5.0,6.0
                        7.0,8.0
                        9.0,10.0
                        train.csv a,"b,c",target
                        1.0,2.0,0.0
                        3.0,0.1,1.0
                        loss=1
                        """);
        new Program().train(with(options, "file", "test.csv"), held);
        assertThat(held.answers()).containsExactly(6, 8, 10);
        assertThatThrownBy(() -> new Program().train(with(options, "file", "train.py"), held))
                .hasMessageStartingWith("predictions that cannot be read from train.py: ");
    }

    private static ProgramOptions with(ProgramOptions options, String name, Object value) {
        return new ProgramOptions(
                options.command(),
                new FreeOptions(Map.of(name, value)),
                options.inputs(),
                options.outputs(),
                options.metrics(),
                options.at(),
                options.env(),
                options.cwd(),
                options.environment(),
                options.deterministic());
    }

    @Test
    void failsWhereAnInputChanges() throws IOException {
        assertFails(
                script("open('train.py', 'a').write('# more'); print('loss=1')"),
                "an input that changed while it ran: train.py; a program that writes to it is to copy it first");
    }

    @Test
    void recordsWhatPythonHas() throws IOException {
        train(script("print('loss=1')"));
        String installed =
                new String(training.kept().getOrDefault("environment.txt", new byte[0]), StandardCharsets.UTF_8);
        assertThat(installed).startsWith("CPython 3.").contains("\npip==");
    }

    private void assertFails(ProgramOptions options, String message) {
        assertThatThrownBy(() -> new Program().train(options, new RecordedTraining(SOME, 7)))
                .asString()
                .startsWith(message);
    }

    private String output() {
        return new String(training.kept().getOrDefault("output.txt", new byte[0]), StandardCharsets.UTF_8);
    }
}
