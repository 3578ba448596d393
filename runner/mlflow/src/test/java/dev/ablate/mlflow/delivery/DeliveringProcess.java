package dev.ablate.mlflow.delivery;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of its own that trains a laboratory's runs and delivers them, for tests that kill it. */
final class DeliveringProcess {

    private DeliveringProcess() {}

    /** What it trains, slowly enough to be killed meanwhile. */
    static Lab lab(Path home, String experiment) {
        return Lab.training(home, experiment, List.of(1L), 60, Duration.ofMillis(25));
    }

    static Process start(Path home, String experiment, URI server) throws IOException {
        return start(DeliveringProcess.class, home, experiment, server);
    }

    /** @param program whose main method gets home, experiment and server */
    static Process start(Class<?> program, Path home, String experiment, URI server) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        // where it leaves SQLite's library when it is killed
                        "-Djava.io.tmpdir=" + home.getParent(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        home.toString(),
                        experiment,
                        server.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                // to no stream of this process's: whoever reads that until its end would wait for this process too
                .redirectError(log(home).toFile())
                .start();
    }

    /** What it complained of. */
    static Path log(Path home) {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    /** Trains and delivers; the arguments are home, experiment and server. */
    public static void main(String[] arguments) {
        try (Lab lab = lab(Path.of(arguments[0]), arguments[1])) {
            lab.run(Lab.at(URI.create(arguments[2])));
        }
    }
}
