package dev.ablate.experiments;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Spark home of a test's own, with the programs of the Spark that {@code build/spark} puts into a folder; its processes have it. */
final class LocalSpark {

    private static final String DRIVER = "org.apache.spark.deploy.SparkSubmit";
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";

    /** A Java that starts sooner. */
    private static final String QUICK = "extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final List<String> LINKED = List.of("bin", "jars", "conf");

    private final Path home;

    private LocalSpark(Path home) {
        this.home = home;
    }

    /** Without Spark the test is skipped, or fails where the build must have it. */
    static void require() {
        if (!Files.isExecutable(place().resolve("bin/spark-submit"))) {
            String missing = "there is no Spark in " + place() + ": build/spark " + place();
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            // Maven counts what is skipped, and says no reason
            System.err.println("[spark] the tests with a real Spark are skipped: " + missing);
            abort(missing);
        }
    }

    private static Path place() {
        return Optional.ofNullable(System.getenv("ABLATE_SPARK"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".ablate", "spark"));
    }

    /** One whose working files are in a folder. */
    static LocalSpark in(Path folder) {
        try {
            Path home = Files.createDirectories(folder.resolve("spark"));
            for (String inner : LINKED) {
                Files.createSymbolicLink(home.resolve(inner), place().resolve(inner));
            }
            return new LocalSpark(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    /** The launcher in a spec: two executors of one processor each. */
    String launcher() {
        return """
                run:
                  launcher:
                    plugin: spark
                    master: local-cluster[2,1,1024]
                    memory: 512m
                    conf:
                      - spark.local.dir=%s
                      - spark.driver.%s
                      - spark.executor.%s
                """.formatted(home.resolve("local"), QUICK, QUICK);
    }

    Stream<ProcessHandle> drivers() {
        return processes().filter(process -> says(process, "cmdline", DRIVER));
    }

    Stream<ProcessHandle> executors() {
        return processes().filter(process -> says(process, "cmdline", EXECUTOR));
    }

    private Stream<ProcessHandle> processes() {
        return ProcessHandle.allProcesses().filter(process -> says(process, "environ", "SPARK_HOME=" + home + "\0"));
    }

    private static boolean says(ProcessHandle process, String what, String text) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), what), StandardCharsets.ISO_8859_1)
                    .contains(text);
        } catch (IOException | UncheckedIOException e) {
            // it has ended, or is another's
            return false;
        }
    }

    /** Ends what a failed test leaves, and removes the links, so that nobody follows them. */
    void end() throws IOException {
        processes().forEach(ProcessHandle::destroyForcibly);
        for (String inner : LINKED) {
            Files.deleteIfExists(home.resolve(inner));
        }
    }
}
