package dev.ablate.trainers.program;

import dev.ablate.core.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The command of one run, with all that stands for names between braces, and its environment. */
final class RunCommand {

    /** {@code 2^32}: Python refuses a greater one. */
    private static final long SEEDS_OF_PYTHON = 1L << 32;

    private final ProgramOptions options;
    private final Training training;
    private final RunFolder folder;
    private final Checkpoints checkpoints;
    private final OptionalLong seed;

    RunCommand(ProgramOptions options, Training training, RunFolder folder, Checkpoints checkpoints) {
        this.options = options;
        this.training = training;
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.seed = options.deterministic() ? OptionalLong.empty() : OptionalLong.of(training.seed());
    }

    /** Where the program works, and a relative name of a file begins. */
    Path workingFolder() {
        return options.cwd() == ProgramOptions.Cwd.SPEC
                ? options.inputs().folder().orElse(folder.path())
                : folder.path();
    }

    ProcessGroup start(MlflowClients clients) {
        List<String> command = options.command().stream()
                .map(text -> new Template(text).filled(this::value))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(workingFolder().toFile());
        Map<String, String> environment = builder.environment();
        clients.put(environment);
        environment.put("PYTHONUNBUFFERED", "1");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONHASHSEED", Long.toString(Math.floorMod(seed.orElse(0), SEEDS_OF_PYTHON)));
        seed.ifPresent(number -> environment.put("ABLATE_SEED", Long.toString(number)));
        environment.put("ABLATE_RUN", checkpoints.name());
        environment.put("ABLATE_VARIANT", training.variant());
        environment.put("ABLATE_SLOT", Integer.toString(training.slot()));
        environment.put("ABLATE_REPORT", checkpoints.reports().toString());
        environment.put("ABLATE_CHECKPOINT", checkpoints.files().toString());
        if (!training.schema().columns().isEmpty()) {
            environment.put("ABLATE_DATA", folder.data().toString());
        }
        options.env().values().forEach((name, text) -> environment.put(name, new Template(text).filled(this::value)));
        try {
            Executable.require(command.get(0), builder.directory().toPath(), environment.getOrDefault("PATH", ""));
            ProcessGroup group = ProcessGroup.start(builder);
            checkpoints.belongsTo(group.process());
            return group;
        } catch (IOException e) {
            throw new ProgramFailure("a program that cannot be started: " + e.getMessage());
        }
    }

    private String value(String name) {
        return switch (name) {
            case Template.SEED -> Long.toString(seed.orElseThrow());
            case Template.VARIANT -> training.variant();
            case Template.SLOT -> Integer.toString(training.slot());
            case Template.RUN_DIR -> folder.path().toString();
            case Template.DATA_DIR -> folder.data().toString();
            case Template.CHECKPOINT_DIR -> checkpoints.files().toString();
            default -> String.valueOf(options.options().values().get(name));
        };
    }
}
