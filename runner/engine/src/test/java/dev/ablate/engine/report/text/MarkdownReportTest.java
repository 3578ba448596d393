package dev.ablate.engine.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.compare.Comparison;
import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownReportTest {

    @ParameterizedTest
    @CsvSource({"orGate, or-gate-bias.md", "tenSeeds, ten-seeds.md", "sweep, sweep.md"})
    void saysWhatTheTerminalSays(String which, String golden) throws IOException {
        Comparison comparison = switch (which) {
            case "orGate" -> Trials.orGate();
            case "tenSeeds" -> Trials.tenSeeds();
            default -> Trials.sweep();
        };
        assertThat(render(comparison)).isEqualTo(golden(golden));
    }

    @Test
    void letsNoNameBreakATableOrBecomeMarkup() {
        Comparison comparison = new Trial("a|b", "<img src=x>")
                .named("x", "[click](javascript:alert(1)) `code` **bold**")
                .mse()
                .fixed("a|b", 1)
                .fixed("<img src=x>", 2)
                .compare();
        // what follows a backslash is a character like any other
        String markup = render(comparison).replaceAll("\\\\\\p{Punct}", "");
        assertThat(markup).doesNotContain("<img", "[click", "`", " **bold", "a|b");
    }

    private static String render(Comparison comparison) {
        return MarkdownReport.render(Report.of(comparison, Trials.asked("ablate run x")));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(MarkdownReportTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
