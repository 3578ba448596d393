package dev.ablate.launchers.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The user's own Spark: its version must be the cluster's, so none comes with the program. */
final class SparkHome {

    private static final String VARIABLE = "SPARK_HOME";

    private SparkHome() {}

    /**
     * Finds it.
     *
     * @param chosen what the options say
     * @throws IOException if there is none
     */
    static Path find(Optional<Path> chosen, Map<String, String> environment) throws IOException {
        Optional<Path> variable = Optional.ofNullable(environment.get(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(Path::of);
        if (chosen.isEmpty() && variable.isEmpty()) {
            throw new IOException(
                    "where is Spark? Set SPARK_HOME, or write run.launcher.home: the folder of a Spark of the"
                            + " cluster's version, which has bin/spark-submit");
        }
        Path home = chosen.or(() -> variable).orElseThrow().toAbsolutePath();
        if (!Files.isExecutable(submit(home))) {
            throw new IOException((chosen.isPresent() ? "run.launcher.home" : VARIABLE) + " is " + home
                    + ", which has no program bin/spark-submit: name the folder of a Spark");
        }
        return home;
    }

    /** The program that starts a driver. */
    static Path submit(Path home) {
        return home.resolve("bin").resolve("spark-submit");
    }
}
