package dev.ablate.trainers.python;

import dev.ablate.core.option.DependsOnMore;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.OwnProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Options of a script of Python, or of an estimator. */
public record PythonOptions(
        @Option(help = "a file with train(options, data, random, report), which returns what predicts")
        Optional<Path> script,

        @Option(help = "instead of a script the class of an estimator, such as sklearn.linear_model.Ridge")
        Optional<String> estimator,

        @Option(help = "any names and values, for the script", fallback = "{}")
        FreeOptions options,

        @Option(help = "the estimator's parameters; others are as it has them", fallback = "{}")
        FreeOptions params,

        @Option(help = "the interpreter, by its name or path", fallback = "python3")
        Interpreter python,

        @Option(help = "whether the interpreter's version and packages are part of what a run is", fallback = "record")
        Environment environment,

        @Option(
                help = "files and folders that the script reads, patterns too: their content is part of what a run is",
                fallback = "[]")
        Inputs inputs,

        @Option(
                help =
                        "whether each run has an interpreter of its own, instead of a copy of one that has imported the script",
                fallback = "false")
        boolean fresh)
        implements OwnProcesses, DependsOnMore {

    /** What is known of what runs a script. */
    public enum Environment {
        /** It is a part of what a run is. */
        RECORD,
        /** It makes no difference; it is stored with the run all the same. */
        IGNORE
    }

    /** Checks that there is a script or an estimator. */
    public PythonOptions {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(
                script.isEmpty() && estimator.isEmpty(),
                "script",
                "what trains is missing: give a script or an estimator");
        reasons.addIf(
                script.isPresent() && estimator.isPresent(), "estimator", "give a script or an estimator, not both");
        script.ifPresent(file -> reasons.addIf(
                !Files.isRegularFile(file), "script", "must name a file that is there, got '" + file + "'"));
        reasons.addIf(
                estimator.isPresent() && !options.values().isEmpty(),
                "options",
                "an estimator has params; options are for a script");
        reasons.addIf(
                script.isPresent() && !params.values().isEmpty(),
                "params",
                "a script has options; params are for an estimator");
        estimator.ifPresent(name -> reasons.addIf(
                !name.matches("\\w+(\\.\\w+)+"),
                "estimator",
                "must be a module and a class, such as sklearn.linear_model.Ridge, got '" + name + "'"));
        reasons.throwIfAny();
    }

    @Override
    public Map<String, String> furtherLeaves(String variant) {
        return environment == Environment.RECORD
                ? Map.of(
                        "installed",
                        Installed.of(python.command()).map(Installed::hash).orElse("unknown"))
                : Map.of();
    }
}
