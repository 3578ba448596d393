package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.ablate.cli.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of results of another program as a person sees it: in a real browser, from the disk. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ForeignPageTest {

    private static final int PHONE = 400;

    @TempDir
    private Path folder;

    /** Names that a page or a script might take for its own. */
    private String scores() {
        StringBuilder text = new StringBuilder("model,doc_id,right\n");
        for (int doc = 1; doc <= 60; doc++) {
            text.append("old <b>,</script>")
                    .append(doc)
                    .append(',')
                    .append(doc % 2)
                    .append('\n');
            text.append("新 & new,</script>")
                    .append(doc)
                    .append(',')
                    .append(doc % 3 == 0 ? 0 : 1)
                    .append('\n');
        }
        return new Shell(folder).write("scores.csv", text.toString());
    }

    @Test
    void isDrawnOnAPhoneAndReadableForEverybody() throws IOException {
        Path page = folder.resolve("page.html");
        Shell.Result result = new Shell(folder)
                .run(
                        "compare",
                        scores(),
                        "--variant-by",
                        "model",
                        "--pair-by",
                        "doc_id",
                        "--metric",
                        "right:maximize",
                        "-f",
                        "html",
                        "-o",
                        page.toString());
        assertThat(result.code()).as(result.err()).isZero();
        try (Chromium chromium = Chromium.start("pages of other programs")) {
            for (boolean dark : new boolean[] {false, true}) {
                chromium.open(page, PHONE, dark);
                assertThat(chromium.messages()).isEmpty();
                assertThat(chromium.requests()).containsExactly(page.toUri().toString());
                assertThat(chromium.ask("return document.documentElement.scrollWidth"))
                        .isEqualTo((long) PHONE);
                assertThat(chromium.texts("figure h3"))
                        .containsExactly("Effect on right, against old <b>", "Differences in right, pair by pair");
                assertThat(chromium.ask("return [...document.querySelectorAll('.canvas')]"
                                + ".every(canvas => canvas.querySelectorAll('svg path').length > 2)"))
                        .isEqualTo(true);
                // a dot for each document
                assertThat(chromium.ask(
                                "return document.querySelectorAll('figure:last-of-type .canvas svg path[fill=\"#d55e00\"]')"
                                        + ".length"))
                        .isEqualTo(60L);
                assertThat(chromium.texts("h2"))
                        .isEqualTo(List.of("Answer", "Charts", "Figures", "Method", "Runs", "How to reproduce"));
            }
            chromium.ask(Chromium.script("META-INF/resources/webjars/axe-core/4.6.3/axe.min.js") + "; return true");
            assertThat(JsonParser.parseString((String) chromium.askLater(ReportPageTest.FAULTS))
                            .getAsJsonArray())
                    .isEmpty();
        }
    }
}
