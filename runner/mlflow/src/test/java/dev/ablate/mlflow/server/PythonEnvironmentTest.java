package dev.ablate.mlflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong, provoked by a script in Python's place; that it goes right, every test with a real server shows. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is bash")
class PythonEnvironmentTest {

    /** Notes how it was called, then does as the variables say. */
    private static final String SCRIPT = """
            #!/bin/bash
            echo "$*" >> "$CALLS"
            case "$*" in *onnxruntime*) echo "$RUNTIME"; [ -z "$RUNTIME" ]; exit ;; esac
            case "$1 $2 $3" in
              *find_spec*mlflow*) exit 0 ;;
              "-c "*) echo "python=$VERSION venv=$VENV" ;;
              "-m venv "*) /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python" ;;
              "-m pip install") for last; do :; done
                if [ "$last" = uv ]; then echo "$UV"; [ -z "$UV" ]; else echo "$PIP"; [ -z "$PIP" ]; fi ;;
            esac
            """;

    @TempDir
    Path temporary;

    private Path shared;
    private Path calls;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void putAScriptInPythonsPlace() throws IOException {
        shared = temporary.resolve("a b").resolve("shared");
        calls = Files.createFile(temporary.resolve("calls"));
        environment.putAll(Map.of(
                "PATH", folderWith("python3").toString(),
                "CALLS", calls.toString(),
                "VERSION", "3.11.7",
                "VENV", "True",
                "UV", "",
                "PIP", "",
                "RUNTIME", ""));
    }

    @Test
    void installsOnceByUv() throws Exception {
        Path python = environment().install(progress::add);

        assertThat(python).isExecutable().startsWith(shared);
        assertThat(calls()).anyMatch(line -> line.contains("-m uv pip install") && line.endsWith("mlflow==3.17.2"));
        assertThat(progress).isNotEmpty().allMatch(line -> !line.contains("\n"));

        Files.writeString(calls, "");
        assertThat(environment().install(progress::add)).isEqualTo(python);
        assertThat(calls()).as("a look at what is there").hasSize(1);
    }

    @Test
    void takesPipWhereUvCannotBeHad() throws Exception {
        environment.put("UV", "ERROR: No matching distribution found for uv");

        environment().install(progress::add);

        assertThat(calls()).anyMatch(line -> line.equals("-m pip install mlflow==3.17.2"));
        assertThat(progress).contains("uv did not succeed; trying pip (a few minutes)");
    }

    @Test
    void makesAgainWhatIsHalfMade() throws Exception {
        Path half = shared.resolve("mlflow-3.17.2");
        Files.createDirectories(half.resolve("bin"));
        Files.writeString(half.resolve("bin").resolve("python"), SCRIPT);
        Files.writeString(half.resolve("left-over"), "");

        environment().install(progress::add);

        assertThat(half.resolve("left-over")).doesNotExist();
        assertThat(half.resolve("complete"))
                .content()
                .isEqualTo("mlflow 3.17.2\npython 3.11.7\nonnxruntime installed\n");
    }

    /** It would write into what is being made again. */
    @Test
    void endsTheInstallationThatAKilledAblateBegan() throws Exception {
        Path half = shared.resolve("mlflow-3.17.2");
        Files.createDirectories(half.resolve("bin"));
        Process uv = new ProcessBuilder(
                        "bash", "-c", "sleep 300; true", "-m", "uv", "pip", "install", "--python", half + "/bin/python")
                .start();
        Process server = new ProcessBuilder(
                        "bash", "-c", "sleep 300; true", "-m", "mlflow", "server", half + "/bin/python")
                .start();
        try {
            environment().install(progress::add);

            assertThat(uv.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.isAlive()).as("what is not an installation").isTrue();
        } finally {
            for (Process process : List.of(uv, server)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    @Test
    void addsTheRuntimeToAnInstallationThatLacksIt() throws Exception {
        environment().install(progress::add);
        Path marker = shared.resolve("mlflow-3.17.2").resolve("complete");
        Files.writeString(marker, "mlflow 3.17.2\npython 3.11.7\n");
        Files.writeString(calls, "");

        environment().install(progress::add);

        assertThat(calls()).anyMatch(line -> line.contains("install") && line.contains("onnxruntime==1.31.1"));
        assertThat(calls()).noneMatch(line -> line.contains("mlflow==") || line.contains("venv"));
        assertThat(marker).content().endsWith("onnxruntime installed\n");
    }

    @Test
    void doesWithoutTheRuntimeWhereThereIsNone() throws Exception {
        environment.put("RUNTIME", "ERROR: No matching distribution found for onnxruntime");

        assertThat(environment().install(progress::add)).isExecutable();

        assertThat(progress).anyMatch(line -> line.startsWith("onnxruntime could not be installed"));
        Files.writeString(calls, "");
        environment().install(progress::add);
        assertThat(calls()).as("it is not tried again").hasSize(1);
    }

    @Test
    void makesAgainWhatLostItsPython() throws Exception {
        Path python = environment().install(progress::add);
        Files.delete(python);
        Files.createSymbolicLink(python, temporary.resolve("gone"));

        assertThat(environment().install(progress::add)).isExecutable();
    }

    @Test
    void saysThatThereIsNoNetworkAndLeavesNothingThatLooksComplete() throws Exception {
        environment.put("UV", "offline");
        environment.put("PIP", "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution");

        assertThatThrownBy(() -> environment().install(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessage(
                        "MLflow could not be installed: the package index cannot be reached; is there a network? (log: "
                                + shared.resolve("mlflow-3.17.2.log") + ")");
        assertThat(shared.resolve("mlflow-3.17.2").resolve("complete")).doesNotExist();

        environment.put("PIP", "");
        assertThat(environment().install(progress::add)).isExecutable();
    }

    @Test
    void saysWhatPipSaidLast() {
        environment.put("UV", "no");
        environment.put("PIP", "something\n  ERROR: none of it fits  \n\n");

        assertThatThrownBy(() -> environment().install(progress::add))
                .hasMessageStartingWith("MLflow could not be installed: ERROR: none of it fits (log: ");
    }

    @Test
    void saysThatTheDiskIsFull() {
        environment.put("UV", "no");
        environment.put("PIP", "OSError: [Errno 28] No space left on device");

        assertThatThrownBy(() -> environment().install(progress::add))
                .hasMessageStartingWith("MLflow could not be installed: the disk is full (it needs 1 GB)");
    }

    @Test
    void saysThatThereIsNoPython() {
        environment.put("PATH", temporary.resolve("nowhere") + "::");

        assertThatThrownBy(() -> environment().install(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessage("no Python found: MLflow needs Python 3.10 or newer"
                        + " (apt install python3 python3-venv, or brew install python)");
    }

    @Test
    void saysThatPythonIsTooOld() {
        environment.put("VERSION", "3.9.2");

        assertThatThrownBy(() -> environment().install(progress::add))
                .hasMessageStartingWith("Python 3.9.2 (")
                .hasMessageContaining("/python3) is too old: MLflow needs Python 3.10 or newer");
    }

    @Test
    void saysWhatPythonLacks() {
        environment.put("VENV", "False");

        assertThatThrownBy(() -> environment().install(progress::add))
                .hasMessageStartingWith("Python 3.11.7 (")
                .hasMessageContaining("lacks venv and ensurepip")
                .hasMessageEndingWith("apt install python3-venv");
    }

    @Test
    void takesTheNextPythonWhereTheFirstIsTooOld() throws Exception {
        Path newer = folderWith("python3.12");
        Path script = newer.resolve("python3.12");
        Files.writeString(script, SCRIPT.replace("$VERSION", "3.12.1"));
        environment.put("VERSION", "3.9.2");
        environment.merge("PATH", newer.toString(), (before, more) -> before + ":" + more);

        environment().install(progress::add);

        assertThat(progress).anyMatch(line -> line.contains("with Python 3.12.1"));
    }

    @Test
    void saysThatItsFolderCannotBeMade() throws Exception {
        Files.writeString(temporary.resolve("a b"), "in the way");

        assertThatThrownBy(() -> environment().install(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("cannot install MLflow in " + shared);
    }

    @Test
    void isInstalledOnceByTwoAtATime() throws Exception {
        Thread other = new Thread(() -> {
            try {
                environment().install(line -> {});
            } catch (LocalServerException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        other.start();
        environment().install(progress::add);
        other.join();

        assertThat(calls()).filteredOn(line -> line.startsWith("-m venv")).hasSize(1);
    }

    private PythonEnvironment environment() {
        return new PythonEnvironment(shared, environment);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(calls, StandardCharsets.UTF_8);
    }

    private Path folderWith(String name) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "bin");
        Path script = Files.writeString(folder.resolve(name), SCRIPT);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }
}
