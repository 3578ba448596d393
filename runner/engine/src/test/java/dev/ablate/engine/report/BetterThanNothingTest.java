package dev.ablate.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.Ablate;
import dev.ablate.engine.RunOptions;
import dev.ablate.engine.fixture.TestPlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BetterThanNothingTest {

    @TempDir
    private Path home;

    private List<String> insights(String spec) {
        try (Ablate ablate = Ablate.builder()
                .home(home)
                .plugins(TestPlugins.loader(TestPlugins.class))
                .build()) {
            return ablate.experiment("spec", "version: 1\nname: spec\n" + spec)
                    .run(RunOptions.defaults())
                    .report()
                    .insights();
        }
    }

    @Test
    void saysWhereNoVariantIs() {
        // prices 10 and 12, whose mean is 11
        assertThat(insights("""
                dataset: { plugin: houses }
                trainer: { plugin: linear, learning_rate: 0.1 }
                variants: { a: {}, b: { trainer.learning_rate: 0.2 } }
                """))
                .first()
                .asString()
                .startsWith(
                        "No variant is better than nothing: train/mse is 1 where every row is answered the mean of the"
                                + " training targets, and ")
                .endsWith(" of a, the best variant.");
    }

    @Test
    void countsAsManyRightAsTheCommonestClassForNothing() {
        // half of eight patients have the virus
        assertThat(insights("""
                dataset: { plugin: symptoms }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 1 }
                compare: { primary: accuracy }
                """))
                .contains(
                        "No variant is better than nothing: train/accuracy is 0.5 where every row is answered 0, and 0.5 of"
                                + " default.");
    }

    @Test
    void saysNothingWhereOneVariantIsBetter() throws IOException {
        Path rows = Files.writeString(home.resolve("rows.csv"), "0,0.5\n0,0.5\n0,0.5\n0,0.6\n");
        // 0.5 to every row has a smaller sum of absolute errors than any other number, and the mean a smaller one of
        // squares
        assertThat(insights(spec(rows, "mae")))
                .contains("No variant is better than nothing: train/mae is 0.025 where every"
                        + " row is answered the median of the training targets, and 0.025 of default.");
        // of the rows that are held back 0.5 is nearer to 1 than 0, the mean of those that are trained on
        Files.writeString(rows, "0,0\n0,0\n0,0\n0,1\n");
        assertThat(insights(spec(rows, "test/mse") + "data: { split: { test: 0.25, take: last } }\n"))
                .noneMatch(words -> words.contains("better than nothing"));
    }

    private static String spec(Path rows, String primary) {
        return """
                dataset: { plugin: sheet, file: %s, columns: [x] }
                trainer: { plugin: neuron, learning_rate: 0.1, epochs: 1, activation: identity }
                compare: { primary: %s }
                """.formatted(rows, primary);
    }
}
