package dev.ablate.launchers.spark;

import dev.ablate.core.launch.ChunkSize;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Spark trains, and what a run and an executor get. */
public record SparkOptions(
        @Option(help = "the cluster's master, such as spark://host:7077 or yarn; else that of spark-defaults.conf")
        Optional<String> master,

        @Option(
                help =
                        "the folder of Spark, which has bin/spark-submit and the cluster's version; else the environment's SPARK_HOME")
        Optional<Path> home,

        @Option(help = "processors of a chunk of runs", fallback = "1", atLeast = 1)
        int cores,

        @Option(help = "memory of an executor, which all runs that it trains at a time share, such as 4g; else Spark's")
        Optional<String> memory,

        @Option(help = "runs of a chunk, which is a job of Spark: a number, or as many as take 30 s", fallback = "auto")
        ChunkSize chunk,

        @Option(help = "end the job where nothing has run for so long, such as 90s, 10m or 2h", fallback = "10m")
        String patience,

        @Option(help = "settings of Spark, such as spark.executor.cores=4", fallback = "[]")
        List<String> conf,

        @Option(help = "more options of spark-submit, such as --queue=small", fallback = "[]")
        List<String> extra) {

    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]*[kmgtKMGT]");
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smhd])");
    private static final Pattern SETTING = Pattern.compile("spark\\.[^\\s=]+=.*");

    /** Options of spark-submit that the launcher writes itself. */
    private static final List<String> TAKEN = List.of("--class", "--deploy-mode");

    /** Copies the lists, and refuses what spark-submit would not take. */
    public SparkOptions {
        conf = List.copyOf(conf);
        extra = List.copyOf(extra);
        Refused.Reasons reasons = Refused.reasons();
        memory.filter(text -> !MEMORY.matcher(text).matches())
                .ifPresent(
                        text -> reasons.addIf(true, "memory", "must be a size such as 500m or 4g, got '" + text + "'"));
        reasons.addIf(
                !TIME.matcher(patience).matches(),
                "patience",
                "must be a time such as 90s, 10m or 2h, got '" + patience + "'");
        for (String setting : conf) {
            reasons.addIf(
                    !SETTING.matcher(setting).matches(),
                    "conf",
                    "'" + setting + "' is not a setting: write it as spark.name=value");
        }
        for (String option : extra) {
            reasons.addIf(
                    !option.startsWith("-"), "extra", "'" + option + "' is not an option: write it as --name=value");
            reasons.addIf(
                    TAKEN.contains(option.split("=", 2)[0]),
                    "extra",
                    "'" + option + "' cannot be chosen: the driver runs here, and is Ablate's own");
        }
        reasons.throwIfAny();
    }

    /** How long nothing may have run. */
    Duration waiting() {
        Matcher matcher = TIME.matcher(patience);
        if (!matcher.matches()) {
            throw new IllegalStateException("held by the constructor");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
