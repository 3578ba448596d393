package dev.ablate.worker.catalog;

import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.worker.text.Thrown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A launcher of a plugin, which wakes when this is made. */
final class PluggedLauncher implements BoundLauncher {

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final Plugged plugged;
    private final Launcher<Record> launcher;
    private final Record options;

    PluggedLauncher(Plugged plugged, Record options) {
        this.plugged = plugged;
        this.launcher = launcher(plugged);
        this.options = options;
    }

    @Override
    public String plugin() {
        return plugged.entry().name();
    }

    @Override
    public String called() {
        return plugged.called();
    }

    @Override
    public Record options() {
        return options;
    }

    @Override
    public String submit(List<TaskFile> tasks, Exchange exchange) throws IOException {
        List<TaskFile> unchanged = List.copyOf(tasks);
        String job = given(() -> launcher.submit(options, unchanged, exchange), "an id");
        if (job.isBlank()) {
            throw plugged.broken("gave an id of blanks");
        }
        if (LINE_BREAK.matcher(job).find()) {
            throw plugged.broken("gave an id of several lines: " + Thrown.oneLine(job));
        }
        return job;
    }

    @Override
    public JobState poll(String job, Exchange exchange) throws IOException {
        return given(() -> launcher.poll(options, job, exchange), "the state of job " + job);
    }

    @Override
    public void cancel(String job, Exchange exchange) throws IOException {
        call(() -> {
            launcher.cancel(options, job, exchange);
            return job;
        });
    }

    @Override
    public String describe(String job, Exchange exchange) throws IOException {
        return Thrown.oneLine(given(() -> launcher.describe(options, job, exchange), "the words for job " + job));
    }

    @Override
    public String log(String job, Exchange exchange) throws IOException {
        return given(() -> launcher.log(options, job, exchange), "the log of job " + job);
    }

    private <T> T given(Callable<T> call, String what) throws IOException {
        T given = call(call);
        // a plugin is not compiled with our checks
        if (given == null) {
            throw plugged.broken("gave null for " + what);
        }
        return given;
    }

    private <T> @Nullable T call(Callable<T> call) throws IOException {
        try {
            return plugged.call(
                    call, e -> e instanceof IOException io ? new UncheckedIOException(io) : plugged.failed(e));
        } catch (UncheckedIOException e) {
            // one that the plugin threw itself has failed above
            throw Objects.requireNonNull(e.getCause());
        }
    }

    // Safe: the module's verb took the options record and the launcher of one type, and the options are of that record.
    @SuppressWarnings("unchecked")
    private static Launcher<Record> launcher(Plugged plugged) {
        return (Launcher<Record>) plugged.from().launcher(plugged);
    }
}
