package dev.ablate.trainers.program;

import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Task;
import dev.ablate.core.note.Note;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a program, reports what it reports, and stores what it writes; it has no model. */
final class Program implements Trainer<ProgramOptions> {

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
        Checkpoints checkpoints = new Checkpoints(training);
        if (checkpoints.resumed() > 0) {
            training.notes().add(List.of(new Note.Tag("resumed", Integer.toString(checkpoints.resumed()))));
        }
        try (RunFolder folder = new RunFolder(options.inputs())) {
            DataFolder.write(training, folder.data());
            Installed.of(options).ifPresent(installed -> folder.keep("environment.txt", installed.text(), training));
            RunCommand command = new RunCommand(options, training, folder, checkpoints);
            Output output = new Output();
            if (checkpoints.resumed() > 0) {
                output.add("ablate: goes on from a checkpoint; attempts before this one: " + checkpoints.resumed());
            }
            long last;
            try (Reporter reporter = new Reporter(options, training, command.workingFolder(), checkpoints);
                    MlflowClients clients = new MlflowClients(options, command.workingFolder(), training, reporter)) {
                ReportFile reports = new ReportFile(checkpoints.reports());
                int code = run(command.start(clients), reports, training, output, reporter, clients);
                clients.end(output);
                if (code != 0) {
                    throw new ProgramFailure(ended(code) + output.lastLines());
                }
                reporter.requireAll(clients::runsBelow);
                folder.requireUnchanged();
                folder.keep(options.outputs(), training);
                last = reporter.last();
            } finally {
                Path printed = folder.path().resolve("output.txt");
                if (output.write(printed)) {
                    training.keep(printed);
                }
            }
            training.after(last, last, Model.none());
            return Model.none();
        }
    }

    private static String ended(int code) {
        return code > SIGNALS ? "signal " + (code - SIGNALS) : "exit code " + code;
    }

    private static int run(
            ProcessGroup group,
            ReportFile reports,
            Training training,
            Output output,
            Reporter reporter,
            MlflowClients clients) {
        try {
            LineReader lines = new LineReader(group.process().getInputStream());
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
                    reports.lines().forEach(reporter::take);
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
                reports.lines().forEach(reporter::take);
                clients.take();
                if (training.cancelled()) {
                    return cancelled(group, training);
                }
            }
            reports.lines().forEach(reporter::take);
            reports.rest().ifPresent(reporter::take);
            clients.take();
            return group.process().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return cancelled(group, training);
        } finally {
            group.end();
        }
    }

    /** How long a program may take to leave a checkpoint, where a launcher asks for one before the time is up. */
    private static Optional<Duration> notice() {
        return Optional.ofNullable(System.getenv("ABLATE_NOTICE_SECONDS"))
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** Ends it; the training then says why. */
    private static int cancelled(ProcessGroup group, Training training) {
        Optional<Duration> notice = notice();
        if (notice.isPresent() && !Thread.currentThread().isInterrupted()) {
            group.giveNotice(notice.get());
        }
        group.end();
        training.after(0, 1, Model.none());
        throw new ProgramFailure("an interrupt");
    }

    @Override
    public Model restore(ProgramOptions options, Schema schema, InputStream in) {
        throw new IllegalArgumentException("a program has no model");
    }
}
