package dev.ablate.launchers.spark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The driver of a job, as spark-submit starts it: it has Spark's classes, this jar, and nothing else of Ablate. */
public final class SparkDriver {

    /** A file with this name in the job's folder ends the job. */
    static final String CANCEL = "cancel";

    /**
     * Most of what an executor runs it runs a few times, as it starts: to compile it takes longer than it saves. So it is compiled after
     * four times as many calls, and well compiled after sixteen times as many; what is computed for seconds is so a moment later.
     */
    private static final String THRESHOLDS = "-XX:CompileThresholdScaling=4 -XX:Tier4InvocationThreshold=20000"
            + " -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=160000";

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC\\b");

    private static final Pattern COMPILERS = Pattern.compile("-XX:[+-]?Tiered\\w+|-Xint\\b|-Xcomp\\b");

    private SparkDriver() {}

    /**
     * Has a job trained.
     *
     * @param arguments the job's folder
     * @throws IOException if the job cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        JobFile job = JobFile.read(folder);
        try (PrintStream out = printer(folder)) {
            JavaSparkContext spark;
            try {
                SparkConf conf = settings(new SparkConf());
                PrintedLines.arriveAt(out::println, conf);
                spark = new JavaSparkContext(conf);
            } catch (Exception e) {
                // Scala throws what it does not declare
                out.println("Spark does not start: " + e.getMessage());
                throw e;
            }
            try (spark) {
                new ChunkJobs(spark, job, folder, out).run();
            } catch (IOException e) {
                out.println("no run can be sent: " + e);
                throw e;
            }
        }
    }

    private static PrintStream printer(Path folder) throws IOException {
        return new PrintStream(
                Files.newOutputStream(
                        folder.resolve(JobLog.OF_RUNS), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                true,
                StandardCharsets.UTF_8);
    }

    /** What a job needs, where neither the options nor spark-defaults.conf say otherwise. */
    static SparkConf settings(SparkConf conf) {
        // a run that is asked to end may take 45 s: a program has 20 s for its checkpoint and 10 s to end, others 15 s
        // for an update
        conf.setIfMissing("spark.task.reaper.enabled", "true");
        conf.setIfMissing("spark.task.reaper.killTimeout", "60s");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing(
                "spark.executor.defaultJavaOptions", executorFlags(conf.get("spark.executor.extraJavaOptions", "")));
        if (SubmitCommand.isLoopback(conf.get("spark.master", ""))) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        return conf;
    }

    /**
     * The flags of an executor's Java, behind which the user's own stand.
     *
     * @param own those: a Java with two collectors does not start, and thresholds suit no other choice of compilers
     */
    static String executorFlags(String own) {
        String compiling = COMPILERS.matcher(own).find() ? "" : THRESHOLDS;
        return (COLLECTOR.matcher(own).find() ? compiling : compiling + " -XX:+UseSerialGC").strip();
    }
}
