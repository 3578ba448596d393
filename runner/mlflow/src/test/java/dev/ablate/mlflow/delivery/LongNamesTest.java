package dev.ablate.mlflow.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of runs that some databases do not hold are shortened, and nothing of them is lost. */
@ManagedMlflow
class LongNamesTest {

    private static final String WORD = "größe ";

    @TempDir
    private Path home;

    private final URI server;
    private final Rest rest;

    LongNamesTest(URI server) {
        this.server = server;
        this.rest = new Rest(server);
    }

    @Test
    void ofAComparisonAreWholeInATag() {
        String name = "a comparison of " + WORD.repeat(50).strip();
        try (Lab lab = new Lab(home, name, List.of(1L))) {
            lab.trainAll(3);
            assertThat(lab.deliver(Lab.at(server)).complete()).hasSize(1);
            assertThat(rest.parent(name).info("run_name")).hasSize(250).startsWith(name.substring(0, 200));
            assertThat(rest.parent(name).tags()).containsValue(name);
        }
    }
}
