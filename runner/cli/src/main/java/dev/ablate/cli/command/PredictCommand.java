package dev.ablate.cli.command;

import dev.ablate.cli.argument.InputArguments;
import dev.ablate.cli.argument.LayerArguments;
import dev.ablate.cli.argument.UsageException;
import dev.ablate.cli.terminal.Console;
import dev.ablate.cli.terminal.ExitCode;
import dev.ablate.engine.Ablate;
import dev.ablate.engine.Comparer;
import dev.ablate.engine.Experiment;
import dev.ablate.engine.StoredModels.Found;
import dev.ablate.engine.StoredModels.Stored;
import dev.ablate.engine.model.Predictor;
import dev.ablate.engine.model.RunModel;
import dev.ablate.engine.report.data.PredictionData;
import dev.ablate.engine.report.text.Predictions;
import dev.ablate.engine.train.UnknownVariantException;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.prepare.RowEncoding.Input;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks what was learned. */
@Command(
        name = "predict",
        description = "Answer new rows with the models of finished runs, in raw units; train nothing.",
        footer = {
            "",
            "Try: ${ROOT-COMMAND-NAME} run or-gate-bias, then ${ROOT-COMMAND-NAME} predict or-gate-bias --input 0,1"
        })
public final class PredictCommand implements Callable<Integer> {

    public enum Format {
        TABLE,
        JSON,
        CSV;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;
    private final Supplier<Ablate> ablate;

    @Parameters(
            paramLabel = "SPEC|RUN",
            description =
                    "a spec: its first seed, or those of --seeds; or a run by at least 8 digits of its key, which takes its own features")
    private String what = "";

    @Mixin
    private final LayerArguments layers = new LayerArguments();

    @Option(
            names = "--variant",
            paramLabel = "VARIANT",
            description = "this variant alone, or one of its cells: bias/learning_rate=0.1; may be repeated")
    private Set<String> variants = new LinkedHashSet<>();

    @Mixin
    private final InputArguments input = new InputArguments();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table (default), json or csv: a line for each row and model")
    private Format format = Format.TABLE;

    public PredictCommand(Console console, Supplier<Ablate> ablate) {
        this.console = console;
        this.ablate = ablate;
    }

    @Override
    public Integer call() {
        input.check();
        Predictions predictions = predictions(found());
        console.result(
                switch (format) {
                    case TABLE -> predictions.text(console.style());
                    case JSON -> PredictionData.json(predictions);
                    case CSV -> PredictionData.csv(predictions);
                });
        return ExitCode.DONE;
    }

    private Found found() {
        if (!Comparer.isKey(what)) {
            return ofSpec();
        }
        if (layers.any() || !variants.isEmpty()) {
            throw new UsageException("--set, --seeds, --repeats and --variant go with a spec alone");
        }
        return ablate.get().models().ofRun(what);
    }

    private Found ofSpec() {
        Experiment experiment = ablate.get().experiment(what).with(layers.overrides());
        console.doing("reading " + what);
        try {
            Found found = experiment.models(variants);
            found.remarks().forEach(console::report);
            return found;
        } catch (UnknownVariantException e) {
            throw new UsageException("--variant: " + e.getMessage());
        }
    }

    private Predictions predictions(Found found) {
        Set<String> needed = found.models().stream()
                .flatMap(stored -> stored.model().description().inputs().stream())
                .map(Input::name)
                .collect(Collectors.toSet());
        boolean mayMiss = found.models().stream()
                .anyMatch(stored -> stored.model().description().encoding() != null);
        InputArguments.Rows rows = input.rows(found.inputs(), needed, found.dataset(), mayMiss);
        rows.remarks().forEach(console::report);
        List<Predictions.Answers> answers = new ArrayList<>();
        for (Stored stored : found.models()) {
            answers.add(new Predictions.Answers(
                    stored.variant(),
                    stored.cell(),
                    stored.pair(),
                    stored.key(),
                    answers(stored.model(), rows),
                    stored.model().description().classes()));
        }
        TrainedModel first = found.models().get(0).model().description();
        return new Predictions(
                found.name(),
                rows.inputs(),
                first.target(),
                first.unit(),
                first.classes().isEmpty() ? Optional.empty() : Optional.of(first.decision()),
                rows.rows(),
                answers);
    }

    private static List<List<Double>> answers(RunModel model, InputArguments.Rows rows) {
        try {
            return Predictor.of(rows.inputs().names(), model).answers(rows.rows());
        } catch (IllegalArgumentException e) {
            throw new UsageException(model.run() + ": " + e.getMessage());
        }
    }
}
