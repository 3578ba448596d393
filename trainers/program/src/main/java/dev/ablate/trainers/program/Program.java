package dev.ablate.trainers.program;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Starts a program, reports what it reports, and stores what it writes; it has no model. */
final class Program implements Trainer<ProgramOptions> {

    /** {@code 2^32}: Python refuses a greater one. */
    private static final long SEEDS_OF_PYTHON = 1L << 32;

    private static final int SIGNALS = 128;

    /** After so many lines the file of reports is looked at, however fast they come. */
    private static final int LINES = 256;

    @Override
    public boolean fits(Task task) {
        return true;
    }

    @Override
    public boolean needsRows() {
        return false;
    }

    @Override
    public Model train(ProgramOptions options, Training training) {
        Reporter reporter = new Reporter(training, options.metrics().metrics());
        try (RunFolder folder = new RunFolder(options.inputs());
                MlflowClients clients = new MlflowClients(options, work(options, folder.path()), training, reporter)) {
            Output output = new Output();
            try {
                int code = run(options, folder.path(), training, output, reporter, clients);
                clients.end(output);
                if (code != 0) {
                    throw new ProgramFailure(ended(code) + output.lastLines());
                }
                reporter.requireAll();
                folder.keep(options.outputs(), training);
            } finally {
                Path printed = folder.path().resolve("output.txt");
                if (output.write(printed)) {
                    training.keep(printed);
                }
            }
            training.after(reporter.last(), reporter.last(), Model.none());
            return Model.none();
        }
    }

    /** Where it works. */
    private static Path work(ProgramOptions options, Path folder) {
        return options.cwd() == ProgramOptions.Cwd.SPEC
                ? options.inputs().folder().orElse(folder)
                : folder;
    }

    private static String ended(int code) {
        return code > SIGNALS ? "signal " + (code - SIGNALS) : "exit code " + code;
    }

    private static int run(
            ProgramOptions options,
            Path folder,
            Training training,
            Output output,
            Reporter reporter,
            MlflowClients clients) {
        Path reports = folder.resolve(".ablate-report.jsonl");
        ProcessGroup group = start(options, folder, reports, training, clients);
        try {
            LineReader lines = new LineReader(group.process().getInputStream());
            ReportFile file = new ReportFile(reports);
            boolean ending = false;
            long printed = 0;
            while (!lines.hasEnded()) {
                Optional<String> line = lines.next(50);
                line.ifPresent(text -> {
                    output.add(text);
                    reporter.take(text);
                });
                clients.take();
                if (training.cancelled()) {
                    return cancelled(group, training);
                }
                printed++;
                if (line.isEmpty() || printed % LINES == 0) {
                    file.lines().forEach(reporter::take);
                }
                if (line.isEmpty() && !group.process().isAlive()) {
                    if (ending) {
                        // what has left the group holds the output open
                        break;
                    }
                    // what it has started and not waited for
                    group.end();
                    ending = true;
                } else if (line.isEmpty()) {
                    group.look();
                }
            }
            while (!group.process().waitFor(50, TimeUnit.MILLISECONDS)) {
                file.lines().forEach(reporter::take);
                clients.take();
                if (training.cancelled()) {
                    return cancelled(group, training);
                }
            }
            file.lines().forEach(reporter::take);
            file.rest().ifPresent(reporter::take);
            clients.take();
            return group.process().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cancelled(group, training);
        } finally {
            group.end();
        }
    }

    /** Ends it; the training then says why. */
    private static int cancelled(ProcessGroup group, Training training) {
        group.end();
        training.after(0, 1, Model.none());
        throw new ProgramFailure("an interrupt");
    }

    private static ProcessGroup start(
            ProgramOptions options, Path folder, Path reports, Training training, MlflowClients clients) {
        OptionalLong seed = options.deterministic() ? OptionalLong.empty() : OptionalLong.of(training.seed());
        Values values = new Values(options.options(), seed, folder);
        List<String> command = options.command().stream()
                .map(text -> new Template(text).filled(values::of))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(work(options, folder).toFile());
        Map<String, String> environment = builder.environment();
        clients.put(environment);
        environment.put("PYTHONUNBUFFERED", "1");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONHASHSEED", Long.toString(Math.floorMod(seed.orElse(0), SEEDS_OF_PYTHON)));
        seed.ifPresent(number -> environment.put("ABLATE_SEED", Long.toString(number)));
        environment.put("ABLATE_REPORT", reports.toString());
        Path checkpoint = training.checkpoint();
        environment.put("ABLATE_RUN", String.valueOf(checkpoint.getFileName()));
        environment.put("ABLATE_CHECKPOINT", checkpoint.toString());
        options.env().values().forEach((name, text) -> environment.put(name, new Template(text).filled(values::of)));
        try {
            Executable.require(command.get(0), builder.directory().toPath(), environment.getOrDefault("PATH", ""));
            return ProcessGroup.start(builder);
        } catch (IOException e) {
            throw new ProgramFailure("a program that cannot be started: " + e.getMessage());
        }
    }

    /** What stands for names between braces. */
    private record Values(FreeOptions options, OptionalLong seed, Path folder) {

        String of(String name) {
            return switch (name) {
                case Template.SEED -> Long.toString(seed.orElseThrow());
                case Template.RUN_DIR -> folder.toString();
                default -> String.valueOf(options.values().get(name));
            };
        }
    }

    @Override
    public Model restore(ProgramOptions options, Schema schema, InputStream in) {
        throw new IllegalArgumentException("a program has no model");
    }
}
