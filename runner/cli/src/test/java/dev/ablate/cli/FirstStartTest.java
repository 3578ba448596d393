package dev.ablate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.mlflow.delivery.MlflowExtension;
import dev.ablate.mlflow.delivery.Reliability;
import dev.ablate.mlflow.delivery.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The first {@code ablate ui} of a home is killed while MLflow makes its database; the next one comes up. */
@ManagedMlflow
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a server's folder is found in its command line")
@Order(8)
class FirstStartTest {

    /** Of a whole database of the pinned MLflow. */
    private static final long DATABASE_BYTES = 950_000;

    private static final Pattern ADDRESS = Pattern.compile("MLflow runs at (http://127\\.0\\.0\\.1:\\d+)");

    /** Who is killed. */
    private enum Victim {
        PROGRAM("the program killed (SIGKILL)"),
        SERVER("the server killed (SIGKILL)"),
        BOTH("both killed (SIGKILL)"),
        ENDED("the program ended (SIGTERM, as by Ctrl-C)");

        private final String words;

        Victim(String words) {
            this.words = words;
        }
    }

    /** Whether it is time to kill. */
    private interface Moment {
        boolean hasCome(long nanos) throws IOException;
    }

    /** What came of the kills of one kind; filled from any thread. */
    private static final class Row {
        private int tries;
        private final List<Double> seconds = new ArrayList<>();

        synchronized void tried() {
            tries++;
        }

        synchronized void cameUp(double after) {
            seconds.add(after);
        }

        synchronized String text(Victim victim) {
            List<Double> sorted = seconds.stream().sorted().toList();
            String took = sorted.isEmpty()
                    ? "-"
                    : String.format(
                            Locale.ROOT, "%.1f (%.1f)", sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
            return String.format(Locale.ROOT, "| %s | %d | %d | %s |%n", victim.words, tries, sorted.size(), took);
        }
    }

    @TempDir
    private Path home;

    private final Map<Victim, Row> rows = new ConcurrentHashMap<>();
    private final List<String> problems = new ArrayList<>();

    @Test
    void comesUpAfterAnEarlierOneWasKilledAtAnyMoment() throws Exception {
        int kills = Reliability.times("first_starts", 3);
        SplittableRandom random = new SplittableRandom(20_261_129);
        List<Callable<Void>> tries = new ArrayList<>();
        for (int kill = 0; kill < kills; kill++) {
            Path folder = home.resolve("kill-" + kill).resolve("mlflow");
            // the first three are those of every build
            Victim victim = kill < 3
                    ? List.of(Victim.BOTH, Victim.PROGRAM, Victim.SERVER).get(kill)
                    : Victim.values()[kill % Victim.values().length];
            double share = kill < 3 ? 0.5 : random.nextDouble();
            boolean byDatabase = kill < 2 || random.nextBoolean();
            Moment moment = byDatabase
                    ? nanos -> databaseBytes(folder) >= share * DATABASE_BYTES
                    // from when its program is there until it answers, on a machine with something else to do
                    : nanos -> Files.exists(folder.resolve("server.log")) && nanos > share * 12e9;
            String name = "kill " + kill + " (" + victim + String.format(Locale.ROOT, ", %.3f", share)
                    + (byDatabase ? " of the database)" : " of the time)");
            tries.add(() -> {
                play(name, folder, victim, moment);
                return null;
            });
        }
        try {
            Reliability.play("first starts that are killed", 2, tries);
        } finally {
            StringBuilder text = new StringBuilder();
            for (Victim victim : Victim.values()) {
                text.append(row(victim).text(victim));
            }
            Reliability.write("first-start.md", text.toString());
        }
        assertThat(problems).isEmpty();
        assertThat(rows.values().stream().mapToInt(row -> row.tries).sum()).isEqualTo(kills);
    }

    private void play(String name, Path folder, Victim victim, Moment moment) {
        try {
            Files.createDirectories(folder.getParent());
            row(victim).tried();
            Process program = ui(folder, "first");
            long start = System.nanoTime();
            while (program.isAlive() && !moment.hasCome(System.nanoTime() - start)) {
                Thread.sleep(2);
            }
            kill(program, folder, victim);
            if (!program.waitFor(2, TimeUnit.MINUTES)) {
                program.destroyForcibly();
                problem(name, "the program does not end: " + said(folder, "first"));
                return;
            }
            comesUp(name, folder, victim);
        } catch (IOException | RuntimeException | AssertionError e) {
            problem(name, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // its parent may be gone: by what they serve
            servers(folder).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void kill(Process program, Path folder, Victim victim) {
        if (victim == Victim.ENDED) {
            program.destroy();
            return;
        }
        if (victim != Victim.SERVER) {
            program.destroyForcibly();
        }
        if (victim != Victim.PROGRAM) {
            servers(folder).forEach(ProcessHandle::destroyForcibly);
        }
    }

    private void comesUp(String name, Path folder, Victim victim) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process program = ui(folder, "second");
        if (!program.waitFor(8, TimeUnit.MINUTES)) {
            program.destroyForcibly();
            problem(name, "it does not come up within 8 minutes: " + said(folder, "second"));
            return;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String said = said(folder, "second");
        Matcher address = ADDRESS.matcher(said);
        if (program.exitValue() != 0 || !address.find()) {
            problem(name, "exit code " + program.exitValue() + ": " + said + said(folder, "first"));
            return;
        }
        Rest rest = new Rest(URI.create(address.group(1)));
        JsonObject experiment = new JsonObject();
        experiment.addProperty("name", "after");
        rest.post("/api/2.0/mlflow/experiments/create", experiment);
        assertThat(rest.experiment("after")).isEqualTo("1");
        assertThat(rest.experiment("Default")).isEqualTo("0");
        assertThat(said).doesNotContain("older MLflow");
        Process stop = process(folder, "stop", "ui", "stop");
        assertThat(stop.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(stop.exitValue()).as(said(folder, "stop")).isZero();
        assertThat(servers(folder)).as("none is left").isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> String.valueOf(file.getFileName())))
                    .isSubsetOf("mlflow.db", "artifacts", "server.json", "server.lock", "server.log", "server.log.old");
        }
        row(victim).cameUp(seconds);
    }

    private Row row(Victim victim) {
        return rows.computeIfAbsent(victim, none -> new Row());
    }

    private void problem(String name, String words) {
        synchronized (problems) {
            problems.add(name + ": " + words);
        }
    }

    private static long databaseBytes(Path folder) throws IOException {
        for (String name : List.of("mlflow.db", "mlflow.db.new")) {
            long bytes = bytes(folder.resolve(name));
            if (bytes >= 0) {
                return bytes;
            }
        }
        return -1;
    }

    private static long bytes(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException notYet) {
            return -1;
        }
    }

    /** All processes of a folder's server: its database is named by the parent, and all work in it. */
    private static List<ProcessHandle> servers(Path folder) {
        List<ProcessHandle> found = new ArrayList<>();
        ProcessHandle.allProcesses().forEach(process -> {
            if (process.info()
                    .commandLine()
                    .filter(line -> serves(line, process, folder))
                    .isPresent()) {
                found.add(process);
                process.descendants().forEach(found::add);
            }
        });
        return found.stream().distinct().filter(ProcessHandle::isAlive).toList();
    }

    private static boolean serves(String line, ProcessHandle process, Path folder) {
        if (line.contains("mlflow server")) {
            return line.contains(folder.resolve("mlflow.db").toString());
        }
        try {
            return line.contains("mlflow.server")
                    && Path.of("/proc", Long.toString(process.pid()), "cwd")
                            .toRealPath()
                            .equals(folder.toRealPath());
        } catch (IOException goneOrNotLinux) {
            return false;
        }
    }

    private static Process ui(Path folder, String name) throws IOException {
        return process(folder, name, "ui");
    }

    private static Process process(Path folder, String name, String... command) throws IOException {
        Path home = folder.resolveSibling("temporary");
        Files.createDirectories(home);
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dguice_custom_class_loading=CHILD",
                "-Djava.io.tmpdir=" + home,
                "-Duser.home=" + MlflowExtension.shared().getParent(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.ablate.cli.Main"));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolveSibling(name + ".txt").toFile());
        builder.environment().put("ABLATE_HOME", String.valueOf(folder.getParent()));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private static String said(Path folder, String name) throws IOException {
        return Files.readString(folder.resolveSibling(name + ".txt"));
    }
}
