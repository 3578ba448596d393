package dev.ablate.cli.tracking;

import dev.ablate.cli.argument.MlflowArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.Comparer;
import dev.ablate.engine.compare.source.QuestionSource;
import dev.ablate.engine.compare.source.Roles;
import dev.ablate.engine.compare.source.RunsComparison;
import dev.ablate.engine.report.data.Tracking;
import dev.ablate.engine.tracking.Answer;
import dev.ablate.engine.tracking.Destination;
import dev.ablate.engine.tracking.LoggedRuns;
import dev.ablate.engine.tracking.Tracker;
import dev.ablate.engine.tracking.TrackingException;
import dev.ablate.mlflow.delivery.AnswerDelivery;
import dev.ablate.mlflow.results.MlflowRuns;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what lies on an MLflow server, and writes answers there. */
public final class MlflowAnswers {

    /** Before the name or id of an experiment, where results lie in MLflow. */
    public static final String SCHEME = "mlflow:";

    private final Console console;
    private final Tracker tracker;
    private final Clock clock;

    public MlflowAnswers(Console console, Tracker tracker, Clock clock) {
        this.console = console;
        this.tracker = tracker;
        this.clock = clock;
    }

    /**
     * What became of writing.
     *
     * @param tracking where the answer is; none where it could not be written
     * @param lines for a person
     * @param complete whether all of it was written
     */
    public record Written(Tracking tracking, List<String> lines, boolean complete) {

        /** Nothing was to be written. */
        public static final Written NOTHING = new Written(Tracking.NONE, List.of(), true);

        /** Copies the list. */
        public Written {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Reads the runs of an experiment.
     *
     * @param what {@code mlflow:} and the experiment's name or id
     * @throws TrackingException if they cannot be read
     */
    public RunsComparison read(
            String what, MlflowArguments arguments, Comparer comparer, Roles roles, QuestionSource asked) {
        String experiment = what.substring(SCHEME.length()).strip();
        if (experiment.isEmpty()) {
            throw new UsageException("name the experiment: mlflow:NAME, or mlflow:ID");
        }
        Destination server = server(arguments, "read from");
        console.doing("reading " + experiment + " from MLflow");
        try (LoggedRuns runs = MlflowRuns.open(server, experiment, arguments.filter())) {
            return comparer.ofLogged(runs, arguments.filter(), roles, arguments.at(), asked);
        }
    }

    /**
     * The experiment that an answer about a file belongs to.
     *
     * @param name the file's, without its ending
     */
    public String experiment(MlflowArguments arguments, String name) {
        return tracker.experiment(arguments.experiment(), Optional.empty(), name);
    }

    /** Writes an answer; where the server does not take it, says why. */
    public Written write(String experiment, Answer answer, MlflowArguments arguments) {
        Destination server = server(arguments, "write to");
        console.doing("writing to MLflow");
        try {
            AnswerDelivery.Pages pages = AnswerDelivery.write(server, experiment, answer, clock.instant());
            return new Written(
                    new Tracking(Optional.of(pages.run()), Map.of()),
                    List.of("In MLflow: " + pages.run(), "Its report: " + pages.report()),
                    true);
        } catch (TrackingException e) {
            return new Written(
                    Tracking.NONE,
                    List.of("It is not in MLflow: " + e.getMessage() + ". To write it: " + console.again()),
                    false);
        }
    }

    /** @param purpose what for, for the message where there is none */
    private Destination server(MlflowArguments arguments, String purpose) {
        return tracker.destination(arguments.trackingUri())
                .orElseThrow(() -> new UsageException("there is no MLflow server to " + purpose
                        + ". To name one: --tracking-uri, or MLFLOW_TRACKING_URI; to start one: ablate ui"));
    }
}
