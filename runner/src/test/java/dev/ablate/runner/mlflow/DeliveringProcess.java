package dev.ablate.runner.mlflow;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of its own that fills a laboratory's store and delivers it, for tests that kill it. */
final class DeliveringProcess {

    static final List<Long> SEEDS = List.of(1L, 2L);
    static final int STEPS = 8;

    private DeliveringProcess() {}

    static Process start(Path home, String experiment, URI server) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        // where it leaves SQLite's library when it is killed
                        "-Djava.io.tmpdir=" + home.getParent(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DeliveringProcess.class.getName(),
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

    /** Fills and delivers; the arguments are home, experiment and server. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Lab lab = new Lab(Path.of(arguments[0]), arguments[1], SEEDS)) {
            lab.record();
            try (Delivery delivery = lab.begin(Lab.at(URI.create(arguments[2])))) {
                delivery.watch(lab.plan.key());
                for (int run = 0; run < lab.plan.runs().size(); run++) {
                    lab.train(lab.run(run), STEPS);
                    Thread.sleep(50);
                }
                lab.publish();
                delivery.finish(Duration.ofSeconds(60));
            }
        }
    }
}
