package dev.ablate.cli.command;

import dev.ablate.cli.argument.SpecArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.report.data.ExplanationJson;
import dev.ablate.engine.report.worked.WorkedExample;
import dev.ablate.engine.train.Explained;
import dev.ablate.engine.train.UnknownVariantException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
    private final Supplier<Ablate> ablate;

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

    public ExplainCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        OptionalInt wantedRow = row == null ? OptionalInt.empty() : OptionalInt.of(whole("--row", row));
        int wantedUpdate = update == null ? 1 : whole("--update", update);
        Experiment experiment = SpecPlan.of(ablate.get(), spec, console);
        try {
            Explained explained = experiment.explain(Optional.ofNullable(variant), wantedUpdate, wantedRow);
            console.result(render(experiment.plan().name(), explained));
            return ExitCode.DONE;
        } catch (UnknownVariantException e) {
            throw new UsageException("--variant: " + e.getMessage());
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

    private static int whole(String option, String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new UsageException(option + " must be a whole number from 1 on, got '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
