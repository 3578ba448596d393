package dev.ablate.trainers.program;

import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.training.OwnProcesses;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Options of a program. */
public record ProgramOptions(
        @Option(
                help =
                        "the program and its arguments; {lr} is the option lr, {seed} the seed, {run_dir} its folder, {{ a brace")
        List<String> command,

        @Option(help = "any names and values, for the command and env", fallback = "{}")
        FreeOptions options,

        @Option(
                help = "files and folders that it reads, patterns too: their content is part of what a run is",
                fallback = "[]")
        Inputs inputs,

        @Option(
                help = "files that it writes into its folder, patterns too: they are stored with the run",
                fallback = "[]")
        List<String> outputs,

        @Option(help = "what it reports, and which way is better")
        Goals metrics,

        @Option(help = "environment variables", fallback = "{}")
        Variables env,

        @Option(
                help = "where it works: in a folder of the run's own, or in that of the inputs, beside the spec",
                fallback = "run")
        Cwd cwd,

        @Option(help = "whether it does the same for every seed, which it then does not get", fallback = "false")
        boolean deterministic)
        implements ReportsMetrics, OwnProcesses {

    /** Where a program works. */
    public enum Cwd {
        /** In a folder of the run's own, with links to the inputs. */
        RUN,
        /** In the folder from which relative inputs are given. */
        SPEC
    }

    /** Copies the lists, and checks what is between braces. */
    public ProgramOptions {
        command = List.copyOf(command);
        outputs = List.copyOf(outputs);
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(command.isEmpty() || command.get(0).isBlank(), "command", "must name a program");
        reasons.addIf(metrics.goals().isEmpty(), "metrics", "must name what the program reports");
        for (String reserved : Template.OF_THE_RUN) {
            reasons.addIf(
                    options.values().containsKey(reserved), "options", "{" + reserved + "} has a meaning of its own");
        }
        Set<String> known = new HashSet<>(options.values().keySet());
        known.addAll(Template.OF_THE_RUN);
        command.forEach(text -> check("command", text, known, deterministic, reasons));
        env.values().values().forEach(text -> check("env", text, known, deterministic, reasons));
        reasons.addIf(
                cwd == Cwd.SPEC && inputs.folder().isEmpty(),
                "cwd",
                "the folder is known by an input that is given from it: name one in inputs");
        reasons.addIf(
                cwd == Cwd.SPEC && !outputs.isEmpty(),
                "outputs",
                "a run's files are known in a folder of its own: leave out cwd, or write them to {run_dir}");
        reasons.throwIfAny();
    }

    private static void check(
            String option, String text, Set<String> known, boolean deterministic, Refused.Reasons reasons) {
        Template template = new Template(text);
        reasons.addIf(
                template.isUnclosed(), option, "'" + text + "' has a brace that is not closed: write {{ for a brace");
        for (String name : template.names()) {
            reasons.addIf(
                    !known.contains(name),
                    option,
                    "{" + name + "} is not an option; there are "
                            + String.join(", ", known.stream().sorted().toList()) + "; write {{ for a brace");
            reasons.addIf(
                    deterministic && name.equals(Template.SEED),
                    option,
                    "a program that gets the seed is not deterministic: leave out {seed} or deterministic");
        }
    }

    @Override
    public List<ReportedMetric> reportedMetrics() {
        return metrics.reported();
    }

    @Override
    public boolean areAll() {
        return true;
    }
}
