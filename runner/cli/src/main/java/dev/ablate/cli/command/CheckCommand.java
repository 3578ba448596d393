package dev.ablate.cli.command;

import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Experiment;
import dev.ablate.worker.train.TrainerCheck.Ending;
import dev.ablate.worker.train.TrainerCheck.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Holds a trainer to its contract. */
@Command(
        name = "check",
        description =
                "Hold the trainers of a spec, or a script of Python, to what is asked of them: that a seed gives the same again, that they stop"
                        + " where they are asked to, that a row is answered by itself. It trains some times, and keeps nothing.",
        footer = {"", "Try: ${ROOT-COMMAND-NAME} check or-gate-bias"})
public final class CheckCommand implements Callable<Integer> {

    private static final String SCRIPT = ".py";

    private static final String CLASSES = "or-gate";
    private static final String NUMBERS = "house-price";

    /** Small ones that come with the program. */
    private static final List<String> DATASETS = List.of(CLASSES, NUMBERS);

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Parameters(
            paramLabel = "SPEC|SCRIPT.py",
            description =
                    "a spec, whose data it is trained on, or a script, which is trained on or-gate and house-price;"
                            + " --set trainer.options.NAME=VALUE gives it options")
    private @Nullable String what;

    @Mixin
    private final LayerArguments layers = new LayerArguments();

    public CheckCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        String named = String.valueOf(what);
        return named.endsWith(SCRIPT) ? script(named) : spec(named);
    }

    private int spec(String named) {
        Experiment experiment = ablate.get().experiment(named).with(layers.overrides());
        console.doing("training " + named);
        Map<String, List<Line>> checked = experiment.check();
        print(checked);
        return ending(named, checked.values().stream().flatMap(List::stream).noneMatch(CheckCommand::fails));
    }

    private int script(String named) {
        Path file = Path.of(named).toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no script '" + named + "'");
        }
        Map<String, List<Line>> checked = new LinkedHashMap<>();
        for (String dataset : DATASETS) {
            console.doing("training on " + dataset);
            String yaml = """
                    version: 1
                    name: check
                    dataset: { plugin: DATASET }
                    data: { scale: { features: standard } }
                    trainer: { plugin: python, script: 'SCRIPT' }
                    variants: { script: {} }
                    """.replace("DATASET", dataset)
                    .replace("SCRIPT", file.toString().replace("'", "''"));
            Map<String, List<Line>> found = ablate.get()
                    .experiment("check", yaml)
                    .with(layers.overrides())
                    .check();
            found.values().forEach(lines -> checked.put(dataset, lines));
        }
        if (checked.values().stream().anyMatch(CheckCommand::trains)) {
            checked.replaceAll((dataset, lines) -> trains(lines) ? lines : List.of(skipped(dataset, lines)));
        }
        print(checked);
        return ending(named, checked.values().stream().flatMap(List::stream).noneMatch(CheckCommand::fails));
    }

    private static boolean trains(List<Line> lines) {
        return lines.size() > 1;
    }

    /** Of data that a script does not learn, while it learns others. */
    private static Line skipped(String dataset, List<Line> lines) {
        return new Line(
                Ending.OPEN,
                (dataset.equals(NUMBERS)
                                ? "not checked, as a script for classes need not learn numbers: "
                                : "not checked, as a script for numbers need not learn classes: ")
                        + lines.get(0).text());
    }

    private int ending(String named, boolean holds) {
        console.result(named + (holds ? " does what is asked of it.\n" : " does not do all that is asked of it.\n"));
        return holds ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(Map<String, List<Line>> checked) {
        StringBuilder text = new StringBuilder();
        checked.forEach((name, lines) -> {
            text.append(name).append('\n');
            lines.forEach(
                    line -> text.append(word(line.ending())).append(line.text()).append('\n'));
        });
        console.result(text.append('\n').toString());
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case HOLDS -> "  ok    ";
            case FAILS -> "  FAIL  ";
            case OPEN -> "  -     ";
        };
    }

    private static boolean fails(Line line) {
        return line.ending() == Ending.FAILS;
    }
}
