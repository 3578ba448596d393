package dev.ablate.trainers.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.metric.Goal;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.option.Refused;
import dev.ablate.trainers.program.ProgramOptions.At;
import dev.ablate.trainers.program.ProgramOptions.Cwd;
import dev.ablate.trainers.program.ProgramOptions.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of a program, read. */
class ProgramOptionsTest {

    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(name).resolve("..").normalize());
        return Files.writeString(file, name);
    }

    private static ProgramOptions options(String argument, Cwd cwd, boolean deterministic) {
        return new ProgramOptions(
                List.of("python3", argument),
                new FreeOptions(Map.of("lr", 0.1)),
                new Inputs(Map.of()),
                List.of(),
                new Goals(Map.of("loss", Goal.MINIMIZE)),
                At.LAST,
                new Variables(Map.of()),
                cwd,
                Environment.RECORD,
                deterministic);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> options("{rl}", Cwd.RUN, false))
                .isInstanceOf(Refused.class)
                .hasMessage("command: {rl} is not an option; write {{ for a brace")
                .satisfies(refused -> assertThat(((Refused) refused).all())
                        .singleElement()
                        .satisfies(reason -> assertThat(reason.known())
                                .containsExactlyInAnyOrder(
                                        "checkpoint_dir", "data_dir", "lr", "run_dir", "seed", "slot", "variant")));
        assertThatThrownBy(() -> options("{lr", Cwd.RUN, false))
                .hasMessage("command: '{lr' has a brace that is not closed: write {{ for a brace");
        assertThatThrownBy(() -> options("{seed}", Cwd.RUN, true))
                .hasMessage("command: a program that gets the seed is not deterministic: leave out {seed} or"
                        + " deterministic");
        assertThatThrownBy(() -> options("{lr}", Cwd.SPEC, false))
                .hasMessage("cwd: the folder is known by an input that is given from it: name one in inputs");
    }

    private Map<String, String> warnings(String argument, Map<String, Path> inputs, Cwd cwd) {
        return new ProgramOptions(
                        List.of("python3", argument),
                        new FreeOptions(Map.of()),
                        new Inputs(inputs),
                        List.of(),
                        new Goals(Map.of("loss", Goal.MINIMIZE)),
                        At.LAST,
                        new Variables(Map.of()),
                        cwd,
                        Environment.RECORD,
                        false)
                .warnings(folder);
    }

    @Test
    void warnsOfAFileThatIsNotWhereTheCommandLooksForIt() throws IOException {
        Path script = file("lib/train.py");
        assertThat(warnings("lib/train.py", Map.of("lib/train.py", script), Cwd.RUN))
                .isEmpty();
        assertThat(warnings("./lib/train.py", Map.of("lib/train.py", script), Cwd.RUN))
                .isEmpty();
        assertThat(warnings("lib/train.py", Map.of("lib/train.py", script), Cwd.SPEC))
                .isEmpty();
        assertThat(warnings(script.toString(), Map.of("train.py", script), Cwd.RUN))
                .isEmpty();
        assertThat(warnings("lib/train.py", Map.of("script", script), Cwd.RUN))
                .containsExactly(Map.entry(
                        "command",
                        "lib/train.py is named script in the folder in which the program works: write script"));
        assertThat(warnings("lib/train.py", Map.of(), Cwd.RUN))
                .containsExactly(Map.entry(
                        "command",
                        "lib/train.py is not among the inputs, so that it is not in the folder in which the program"
                                + " works: write inputs: [lib/train.py]"));
        assertThat(warnings(script.toString(), Map.of(), Cwd.RUN))
                .containsExactly(Map.entry(
                        "command",
                        script + " is not among the inputs, so that a run is reused when it changes: write inputs: ["
                                + script + "]"));
    }

    private ProgramOptions command(String program, Map<String, String> env, Map<String, Path> inputs, Cwd cwd) {
        return new ProgramOptions(
                List.of(program),
                new FreeOptions(Map.of("tool", "toool", "shell", "sh")),
                new Inputs(inputs),
                List.of(),
                new Goals(Map.of("loss", Goal.MINIMIZE)),
                At.LAST,
                new Variables(env),
                cwd,
                Environment.RECORD,
                false);
    }

    private void assertMissing(ProgramOptions options, String message) {
        assertThatThrownBy(() -> options.checkMachine(folder))
                .isInstanceOf(Refused.class)
                .hasMessage("command: " + message);
    }

    private Path tool(String name) throws IOException {
        Path tool = file(name);
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        return tool;
    }

    @Test
    void refuseAProgramThatIsNotOnThePath() throws IOException {
        tool("bin/tool");
        Files.createDirectories(folder.resolve("bin/toool"));
        file("run.py");
        Map<String, String> path = Map.of("PATH", folder.resolve("bin").toString());
        command("tool", path, Map.of(), Cwd.RUN).checkMachine(folder);
        command("{shell}", Map.of(), Map.of(), Cwd.RUN).checkMachine(folder);
        assertMissing(command("tool", Map.of(), Map.of(), Cwd.RUN), "no program 'tool' on the PATH");
        ProgramOptions wrong = command("{tool}", path, Map.of(), Cwd.RUN);
        assertMissing(wrong, "no program 'toool' on the PATH");
        assertThatThrownBy(() -> wrong.checkMachine(folder))
                .satisfies(refused -> assertThat(((Refused) refused).all())
                        .containsExactly(new Refused.Reason(
                                "command", "no program 'toool' on the PATH", "toool", List.of("tool"))));
        assertMissing(
                command("run.py", Map.of(), Map.of(), Cwd.RUN),
                "no program 'run.py' on the PATH: write ./run.py for the file");
    }

    /** What only a run knows cannot be refused before it. */
    @Test
    void takeAProgramThatTheRunNames() {
        command("{variant}", Map.of(), Map.of(), Cwd.RUN).checkMachine(folder);
        command("{run_dir}/tool", Map.of(), Map.of(), Cwd.RUN).checkMachine(folder);
        command("tool", Map.of("PATH", "{checkpoint_dir}"), Map.of(), Cwd.RUN).checkMachine(folder);
        command("../tool", Map.of(), Map.of(), Cwd.RUN).checkMachine(folder);
    }

    @Test
    void refuseAProgramThatIsNotInTheFolderOfARun() throws IOException {
        Path tool = tool("lib/tool");
        Path text = file("lib/text");
        Map<String, Path> inputs = Map.of("lib/tool", tool, "lib/text", text);
        command("./lib/tool", Map.of(), inputs, Cwd.RUN).checkMachine(folder);
        command("lib/tool", Map.of(), inputs, Cwd.SPEC).checkMachine(folder);
        command(tool.toString(), Map.of(), Map.of(), Cwd.RUN).checkMachine(folder);
        assertMissing(
                command("./lib/tool", Map.of(), Map.of(), Cwd.RUN),
                "./lib/tool is not among the inputs, so that it is not in the folder in which the program works: write"
                        + " inputs: [lib/tool]");
        assertMissing(command("lib/nix", Map.of(), inputs, Cwd.RUN), "no program 'lib/nix' among the inputs");
        assertMissing(command("lib/nix", Map.of(), inputs, Cwd.SPEC), "no program 'lib/nix'");
        assertMissing(command(folder.toString(), Map.of(), Map.of(), Cwd.RUN), "no program '" + folder + "'");
        assertMissing(
                command("lib/text", Map.of(), inputs, Cwd.RUN),
                "lib/text is not executable: run chmod +x, or write what runs it first, such as [sh, lib/text]");
    }

    private ProgramOptions python(String path, Environment environment) {
        return new ProgramOptions(
                List.of("python3", "{variant}"),
                new FreeOptions(Map.of()),
                new Inputs(Map.of()),
                List.of(),
                new Goals(Map.of("loss", Goal.MINIMIZE)),
                At.LAST,
                new Variables(Map.of("PYTHONPATH", path)),
                Cwd.RUN,
                environment,
                false);
    }

    @Test
    void dependOnWhatPythonHas() throws IOException {
        String plain = folder.toString();
        file("more/toy-1.0.dist-info/METADATA");
        Files.writeString(folder.resolve("more/toy-1.0.dist-info/METADATA"), "Name: Toy\nVersion: 1.0\n");
        String more = folder.resolve("more").toString();
        Map<String, String> leaves = python(plain, Environment.RECORD).furtherLeaves("deep");
        assertThat(leaves).containsOnlyKeys("installed", "variant").containsEntry("variant", "deep");
        assertThat(leaves.get("installed")).matches("[0-9a-f]{64}");
        assertThat(python(plain, Environment.RECORD).furtherLeaves("deep")).isEqualTo(leaves);
        assertThat(python(more, Environment.RECORD).furtherLeaves("deep").get("installed"))
                .isNotEqualTo(leaves.get("installed"));
        assertThat(Installed.of(python(more, Environment.RECORD)).orElseThrow().text())
                .contains("\ntoy==1.0\n");
        assertThat(python(more, Environment.IGNORE).furtherLeaves("deep")).containsOnlyKeys("variant");
    }

    @Test
    void dependOnTheContentOfAnyOtherProgram() throws IOException {
        Path program = file("tool");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ProgramOptions options = new ProgramOptions(
                List.of(program.toString()),
                new FreeOptions(Map.of()),
                new Inputs(Map.of()),
                List.of(),
                new Goals(Map.of("loss", Goal.MINIMIZE)),
                At.LAST,
                new Variables(Map.of()),
                Cwd.RUN,
                Environment.RECORD,
                false);
        Map<String, String> before = options.furtherLeaves("deep");
        assertThat(before).containsOnlyKeys("installed");
        Files.writeString(program, "another tool");
        assertThat(options.furtherLeaves("deep")).isNotEqualTo(before);
    }

    @Test
    void findsFiguresInALine() {
        assertThat(Figures.in("[12:30:01] step=100 accuracy: 0.91, val/loss=1e-3. lr=.5 share=91% v=1.2.3 x=-inf"))
                .isEqualTo(Map.of(
                        "step", 100.0, "accuracy", 0.91, "val/loss", 1e-3, "lr", 0.5, "x", Double.NEGATIVE_INFINITY));
        assertThat(Figures.in("{'loss': 0.5, 'name': 'x', 'ok': true}")).isEqualTo(Map.of("loss", 0.5));
        assertThat(Figures.in("{\"loss\": NaN}")).isEqualTo(Map.of("loss", Double.NaN));
        assertThat(Figures.in("{loss=0.5}")).isEqualTo(Map.of("loss", 0.5));
    }

    @Test
    void findsNoFigureInHalfANumber() {
        assertThat(Figures.in("loss: 1,234.5")).isEmpty();
        assertThat(Figures.in("loss=0,345 step=2")).isEqualTo(Map.of("step", 2.0));
        assertThat(Figures.in("Test set: Average loss: 0.0267, Accuracy: 9914/10000 (99%)"))
                .isEqualTo(Map.of("loss", 0.0267));
        assertThat(Figures.in("step=3/10, right: 45 / 50")).isEqualTo(Map.of("step", 3.0));
        assertThat(Figures.in("loss=0.5,accuracy=1,")).isEqualTo(Map.of("loss", 0.5, "accuracy", 1.0));
    }

    @Test
    void findsFiguresAmongColours() {
        assertThat(Figures.in("\u001b[32mstep=3\u001b[0m \u001b[1mloss\u001b[0m: \u001b[0;31m0.5\u001b[0m"))
                .isEqualTo(Map.of("step", 3.0, "loss", 0.5));
        assertThat(Figures.in("\u001b[1m{\"loss\": 0.5}\u001b[0m")).isEqualTo(Map.of("loss", 0.5));
    }

    @Test
    void remarksAboutAnyImportOfMlflow() throws IOException {
        Path script = folder.resolve("train.py");
        ClientRemarks remarks = new ClientRemarks(new Inputs(Map.of("train.py", script)), folder);
        for (String line :
                List.of("import os, mlflow", "import numpy as np,mlflow.sklearn", "from mlflow import log_param")) {
            Files.writeString(script, line);
            assertThat(remarks.say(false))
                    .as(line)
                    .hasValue("no MLflow call reached the run, though train.py:1 imports mlflow");
        }
        for (String line : List.of("import os # , mlflow", "import mlflowish", "import my.mlflow")) {
            Files.writeString(script, line);
            assertThat(remarks.say(false)).as(line).isEmpty();
        }
    }
}
