package dev.ablate.launchers.slurm;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What each array task asks Slurm for. */
public record SlurmOptions(
        @Option(help = "the partition; else Slurm's default")
        Optional<String> partition,

        @Option(
                help =
                        "the longest that an array task may run, such as 90m, 2h, 1d or 1-12:00:00; else the partition's")
        Optional<String> time,

        @Option(help = "memory of an array task, such as 4G; else the partition's")
        Optional<String> memory,

        @Option(help = "processors of an array task", fallback = "1", atLeast = 1)
        int cpus,

        @Option(help = "graphics processors of an array task, such as 1 or a100:1")
        Optional<String> gpus,

        @Option(help = "the account that pays") Optional<String> account,

        @Option(help = "the quality of service") Optional<String> qos,

        @Option(help = "features that a node must have") Optional<String> constraint,

        @Option(help = "at most so many array tasks at a time; else as many as Slurm lets run", atLeast = 1)
        Optional<Integer> atOnce,

        @Option(help = "runs of an array task: a number, or as many as take 30 s", fallback = "auto")
        ChunkSize chunk,

        @Option(help = "lines of bash before the first run, such as module load java/17", fallback = "[]")
        List<String> setup,

        @Option(help = "what runs tasks on a node that does not see this installation, such as: ablate worker")
        Optional<String> worker,

        @Option(help = "more options of sbatch, such as --nice=100", fallback = "[]")
        List<String> extra) {

    private static final Pattern MEMORY = Pattern.compile("[0-9]+[KMGT]?");
    private static final Pattern GPUS = Pattern.compile("([A-Za-z0-9_.-]+:)?[0-9]+");

    /** Copies the lists, and refuses what sbatch would not take. */
    public SlurmOptions {
        setup = List.copyOf(setup);
        extra = List.copyOf(extra);
        Refused.Reasons reasons = Refused.reasons();
        Predicate<String> isTime = text -> TimeLimit.read(text).isPresent();
        refuse(reasons, "time", time, isTime, "must be a time such as 90m, 2h, 1d or 1-12:00:00");
        refuse(reasons, "memory", memory, MEMORY.asMatchPredicate(), "must be a size such as 500M or 4G");
        refuse(
                reasons,
                "gpus",
                gpus,
                GPUS.asMatchPredicate(),
                "must be a number such as 1, or a type and a number: a100:1");
        for (String option : extra) {
            reasons.addIf(
                    !option.startsWith("-"), "extra", "'" + option + "' is not an option: write it as --name=value");
        }
        reasons.throwIfAny();
    }

    private static void refuse(
            Refused.Reasons reasons, String option, Optional<String> value, Predicate<String> fits, String must) {
        value.filter(fits.negate()).ifPresent(text -> reasons.addIf(true, option, must + ", got '" + text + "'"));
    }

    Optional<TimeLimit> limit() {
        return time.flatMap(TimeLimit::read);
    }
}
