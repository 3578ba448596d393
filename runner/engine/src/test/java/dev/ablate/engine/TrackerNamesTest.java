package dev.ablate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine works with any tracker, and knows the name of none but where the world outside has it. */
class TrackerNamesTest {

    /** Each file with the documented word that it holds. */
    private static final Map<String, String> ALLOWED = Map.of(
            "java/dev/ablate/engine/experiment/TrackBlock.java", "the YAML block track.mlflow",
            "java/dev/ablate/engine/report/data/JsonReport.java", "the JSON keys mlflow and mlflow_run",
            "java/dev/ablate/engine/runs/Schema.java", "a column of stores that were released");

    private static final Path MAIN = Path.of("src", "main");

    @Test
    void namesATrackerOnlyWhereADocumentedWordDoes() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            TreeSet<String> found = files.filter(Files::isRegularFile)
                    .filter(TrackerNamesTest::names)
                    .map(file -> MAIN.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(found).containsExactlyInAnyOrderElementsOf(ALLOWED.keySet());
        }
    }

    private static boolean names(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return (file + text).toLowerCase(Locale.ROOT).contains("mlflow");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
