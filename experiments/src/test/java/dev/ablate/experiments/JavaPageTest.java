package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of {@code docs/java.md}, compiled and run from outside against the jars that the application is assembled from. */
class JavaPageTest {

    private static final String LIBRARIES = ShippedPlugins.programClassPath();

    @TempDir
    private Path folder;

    @Test
    void itsProgramRunsASpecPrintsTheEffectsAndWritesTheReport() throws Exception {
        String page = Files.readString(Ablate.SPECS.resolveSibling("docs/java.md"), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("OrGate.java"), block(page, "java"), StandardCharsets.UTF_8);
        Files.copy(Ablate.SPECS.resolve("or-gate-bias.yaml"), folder.resolve("or-gate-bias.yaml"));

        assertThat(run("javac", "-cp", LIBRARIES, "OrGate.java")).isEmpty();
        String printed = run(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                LIBRARIES + File.pathSeparator + ".",
                "OrGate");

        assertThat(printed).isEqualTo(block(page, "text"));
        assertThat(folder.resolve("report.html")).content().contains("<html");
        assertThat(folder.resolve(".ablate/runs.db")).exists();
    }

    /** What a program of the JDK prints, on either stream; it ends well. */
    private String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", program).toString());
        command.addAll(List.of(arguments));
        Path printed = folder.resolve(program + ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(printed);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    /** What stands in the page's first block of a language. */
    private static String block(String page, String language) {
        Matcher block =
                Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(page);
        assertThat(block.find()).as(language).isTrue();
        return block.group(1);
    }
}
