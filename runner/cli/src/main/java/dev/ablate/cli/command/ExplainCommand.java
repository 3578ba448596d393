package dev.ablate.cli.command;

import dev.ablate.cli.app.ChosenRuns;
import dev.ablate.cli.app.Planning;
import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.report.data.ExplanationJson;
import dev.ablate.engine.report.worked.WorkedExample;
import dev.ablate.engine.train.Explained;
import dev.ablate.engine.train.Explainer;
import dev.ablate.engine.train.Explainer.UnexplainedException;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Works one step of training by hand. */
@Command(
        name = "explain",
        description =
                "Work one update by hand, with this experiment's own numbers: the answer, its error, the chain rule, and what becomes of each"
                        + " weight. It trains up to that update, and keeps nothing.",
        footer = {"", "Try: ${ROOT-COMMAND-NAME} explain or-gate-bias --row 2"})
public final class ExplainCommand implements Callable<Integer> {

    public enum Format {
        TABLE,
        MD,
        HTML,
        JSON;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;
    private final Provider<Planning> planning;
    private final Provider<Catalog> catalog;

    @Mixin
    private final SpecArguments spec = new SpecArguments();

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            description = "whose training; by default the first that can be explained. In a sweep, a cell too:"
                    + " bias/learning_rate=0.1")
    private @Nullable String variant;

    @Option(
            names = "--row",
            paramLabel = "N",
            description = "which row of the training part, from 1; by default the first that the update learns from")
    private @Nullable String row;

    @Option(names = "--update", paramLabel = "K", description = "which update of the weights, from 1 (default)")
    private @Nullable String update;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table (default), md, html (a piece of a page) or json")
    private Format format = Format.TABLE;

    public ExplainCommand(Console console, Provider<Planning> planning, Provider<Catalog> catalog) {
        this.console = console;
        this.planning = planning;
        this.catalog = catalog;
    }

    @Override
    public Integer call() {
        OptionalInt wantedRow = row == null ? OptionalInt.empty() : OptionalInt.of(whole("--row", row));
        int wantedUpdate = update == null ? 1 : whole("--update", update);
        Plan plan = planning.get().plan(spec);
        PlannedRun run = run(plan);
        try {
            Explained explained = Explainer.explain(run, wantedUpdate, wantedRow);
            console.result(render(plan.name(), explained));
            return ExitCode.DONE;
        } catch (UnexplainedException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private String render(String experiment, Explained explained) {
        WorkedExample example = WorkedExample.of(experiment, explained);
        return switch (format) {
            case TABLE -> example.text(console.style());
            case MD -> example.markdown();
            case HTML -> example.html();
            case JSON -> ExplanationJson.render(experiment, explained);
        };
    }

    private PlannedRun run(Plan plan) {
        List<PlannedRun> candidates = variant == null ? plan.runs() : ChosenRuns.of(plan, List.of(variant));
        return candidates.stream()
                .filter(run -> run.trainer().explains())
                .findFirst()
                .orElseThrow(() -> cannot(plan, candidates.get(0)));
    }

    private UsageException cannot(Plan plan, PlannedRun run) {
        List<String> able = plan.runs().stream()
                .filter(other -> other.trainer().explains())
                .map(PlannedRun::variant)
                .distinct()
                .toList();
        List<String> trainers = catalog.get().explaining();
        return new UsageException("trainer '" + run.trainer().plugin() + "' of variant '" + run.variant()
                + "' does not explain how it makes an update"
                + (trainers.isEmpty() ? "" : "; those that do: " + String.join(", ", trainers))
                + (able.isEmpty() ? "" : "\n    --variant " + String.join(", --variant ", able)));
    }

    private static int whole(String option, String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new UsageException(option + " must be a whole number from 1 on, got '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
