package dev.ablate.trainers.program;

import dev.ablate.core.data.Schema;
import dev.ablate.core.metric.ReportedMetric;
import dev.ablate.core.metric.ReportsMetrics;
import dev.ablate.core.option.DependsOnData;
import dev.ablate.core.option.DependsOnMachine;
import dev.ablate.core.option.DependsOnMore;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.option.Warns;
import dev.ablate.core.training.OwnProcesses;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Options of a program. */
public record ProgramOptions(
        @Option(
                help =
                        "the program and its arguments; {lr} is the option lr, {seed} the seed, {variant}, {slot}, {run_dir}, {data_dir} and {checkpoint_dir} what they say, {{ a brace")
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

        @Option(
                help = "what it reports, and which way is better; none where Ablate measures its predictions",
                fallback = "{}")
        Goals metrics,

        @Option(help = "which value of a metric counts: the last, or the best so far", fallback = "last")
        At at,

        @Option(help = "environment variables", fallback = "{}")
        Variables env,

        @Option(
                help = "where it works: in a folder of the run's own, or in that of the inputs, beside the spec",
                fallback = "run")
        Cwd cwd,

        @Option(
                help =
                        "whether what the command is run by (Python with its packages, or the content of the program) is part of what a run is",
                fallback = "record")
        Environment environment,

        @Option(help = "whether it does the same for every seed, which it then does not get", fallback = "false")
        boolean deterministic)
        implements ReportsMetrics, OwnProcesses, DependsOnData, DependsOnMachine, DependsOnMore, Warns {

    /** What is known of what runs a command. */
    public enum Environment {
        /** It is a part of what a run is. */
        RECORD,
        /** It makes no difference; it is stored with the run all the same. */
        IGNORE
    }

    /** Which of its values a metric has in the end. */
    public enum At {
        /** The last. */
        LAST,
        /** The best of all, by the metric's goal. */
        BEST
    }

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
            if (!known.contains(name)) {
                reasons.addUnknown(option, "{" + name + "} is not an option; write {{ for a brace", name, known);
            }
            reasons.addIf(
                    deterministic && name.equals(Template.SEED),
                    option,
                    "a program that gets the seed is not deterministic: leave out {seed} or deterministic");
        }
    }

    private boolean names(String name) {
        return Stream.concat(command.stream(), env.values().values().stream())
                .anyMatch(text -> new Template(text).names().contains(name));
    }

    @Override
    public void check(Schema schema) {
        Refused.Reasons reasons = Refused.reasons();
        reasons.addIf(
                schema.columns().isEmpty() && names(Template.DATA_DIR),
                command.stream().anyMatch(text -> new Template(text).names().contains(Template.DATA_DIR))
                        ? "command"
                        : "env",
                "{" + Template.DATA_DIR + "} has no data, as the dataset has no rows");
        reasons.addIf(
                schema.columns().isEmpty() && metrics.goals().isEmpty(),
                "metrics",
                "must name what the program reports, such as { loss: minimize }");
        reasons.throwIfAny();
    }

    /** What is not there would fail each run. */
    @Override
    public void checkMachine(Path folder) {
        Refused.Reasons reasons = Refused.reasons();
        if (Executable.isKnown()) {
            Executable.of(this).ifPresent(program -> program.check(this, folder, reasons));
        }
        reasons.throwIfAny();
    }

    /** A label is a part of what a run is once the program gets it as an argument. */
    @Override
    public Map<String, String> furtherLeaves(String variant) {
        Map<String, String> leaves = new TreeMap<>();
        if (names(Template.VARIANT)) {
            leaves.put(Template.VARIANT, variant);
        }
        if (environment == Environment.RECORD) {
            leaves.put("installed", Installed.of(this).map(Installed::hash).orElse("unknown"));
        }
        return leaves;
    }

    /** What is most likely forgotten, though it can be run. */
    @Override
    public Map<String, String> warnings(Path folder) {
        Map<String, String> found = new LinkedHashMap<>();
        Map<Path, String> places = new HashMap<>();
        inputs.files().forEach((place, file) -> places.put(file.toAbsolutePath().normalize(), place));
        List<String> unknown = new ArrayList<>();
        for (String text : files(folder)) {
            String place = places.get(folder.resolve(text).toAbsolutePath().normalize());
            if (place == null) {
                unknown.add(text);
            } else if (isElsewhere(text, place)) {
                found.put(
                        "command",
                        text + " is named " + place + " in the folder in which the program works: write " + place);
            }
        }
        if (!unknown.isEmpty()) {
            found.put("command", unknown(unknown));
        }
        List<String> unused = unused();
        if (!unused.isEmpty()) {
            found.put(
                    "options",
                    "the program does not get " + String.join(", ", unused) + ": write "
                            + unused.stream().map(name -> "{" + name + "}").collect(Collectors.joining(", "))
                            + " in command or env, or mend the name");
        }
        return found;
    }

    /** Options without a place: one that a variant misspells changes nothing. */
    private List<String> unused() {
        return options.values().keySet().stream()
                .filter(name -> !names(name))
                .sorted()
                .toList();
    }

    /** Files in the command, as it names them. */
    private List<String> files(Path folder) {
        Map<String, Object> given = options.values();
        return command.stream()
                .skip(1)
                .map(text ->
                        new Template(text).filled(name -> String.valueOf(given.getOrDefault(name, "{" + name + "}"))))
                .map(text -> text.substring(text.startsWith("-") ? text.indexOf('=') + 1 : 0))
                .filter(text -> isFile(folder, text))
                .distinct()
                .toList();
    }

    /** Whether a file that is given as an input is not found by the name that the command has for it. */
    private boolean isElsewhere(String text, String place) {
        Path path = Path.of(text);
        return cwd == Cwd.RUN && !path.isAbsolute() && !path.normalize().equals(Path.of(place));
    }

    private static boolean isFile(Path folder, String text) {
        try {
            return !text.isBlank() && Files.isRegularFile(folder.resolve(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private String unknown(List<String> files) {
        boolean one = files.size() == 1;
        boolean out =
                cwd == Cwd.RUN && files.stream().noneMatch(file -> Path.of(file).isAbsolute());
        String names = String.join(", ", files);
        return names + (one ? " is" : " are") + " not among the inputs, so that "
                + (out
                        ? (one ? "it is" : "they are") + " not in the folder in which the program works"
                        : "a run is reused when " + (one ? "it changes" : "they change"))
                + (inputs.files().isEmpty() ? ": write inputs: [" : ": add to inputs: [") + names + "]";
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
