package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What measures the program's speed works: every part of {@code bench/run}, as small as it can be. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are for bash")
class BenchTest {

    private static final Path BENCH =
            Ablate.SPECS.resolve("..").resolve("bench").normalize();

    private static final String HEAD = "| work | Ablate | peer | peer/Ablate [min..max] | goal | met |";

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void everyPartPrintsItsTable() throws Exception {
        String printed = bench("smoke");

        assertThat(printed.lines().filter(HEAD::equals)).hasSize((int) parts());
        assertThat(printed.lines().filter(line -> line.startsWith("| `--help` | ")))
                .hasSize(1);
        assertThat(printed.lines()).allMatch(line -> line.matches("\\|([^|]*\\|){6}"));
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void oneLineIsMeasuredAlone() throws Exception {
        assertThat(bench("smoke", "start/help").lines().skip(2))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("| `--help`"));
    }

    /** Runs a script, and gives what it prints. */
    private String bench(String name, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(BENCH.resolve(name).toString()), Stream.of(arguments))
                                .toList())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("TABLE", "REPEATS", "PAGE"));
        builder.environment().put("ABLATE", new Ablate(folder).script().toString());
        builder.environment().put("CLASSES", ShippedPlugins.programClassPath());
        Process process = builder.start();
        try {
            assertThat(process.waitFor()).as(() -> read(err)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders that {@code bench/run} names and that are there. */
    private static long parts() throws IOException {
        String named = Files.readString(BENCH.resolve("run"))
                .lines()
                .filter(line -> line.startsWith("parts="))
                .findFirst()
                .orElseThrow();
        return Stream.of(named.replaceAll("parts=|\"", "").split(" "))
                .filter(part -> Files.isExecutable(BENCH.resolve(part).resolve("run")))
                .count();
    }
}
