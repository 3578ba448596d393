package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mean ranks over data sets as a person sees them: in a real browser, from the disk. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RankPageTest {

    private static final List<Integer> WIDTHS = List.of(400, 1000);

    @TempDir
    private Path folder;

    /** Of four variants, two of which are close to each other; names that a pattern of ECharts might take for its own. */
    private String scores() {
        StringBuilder text = new StringBuilder("variant,data,accuracy\n");
        for (int set = 1; set <= 12; set++) {
            text.append("{a},set-").append(set).append(",0.5\n");
            text.append("<b>,set-")
                    .append(set)
                    .append(",0.")
                    .append(60 + set % 3)
                    .append('\n');
            text.append("c,set-")
                    .append(set)
                    .append(",0.")
                    .append(60 + (set + 1) % 3)
                    .append('\n');
            text.append("{b|d} with a name that takes two lines,set-")
                    .append(set)
                    .append(",0.9\n");
        }
        return new Shell(folder).write("scores.csv", text.toString());
    }

    @Test
    void areOnOneAxisWithTheNameOfEachVariant() throws IOException {
        Path page = folder.resolve("page.html");
        Shell.Result result = new Shell(folder)
                .run(
                        "compare",
                        scores(),
                        "--across",
                        "data",
                        "--metric",
                        "accuracy",
                        "-f",
                        "html",
                        "-o",
                        page.toString());
        assertThat(result.code()).as(result.err()).isZero();
        try (Chromium chromium = Chromium.start("pages of mean ranks")) {
            for (int width : WIDTHS) {
                chromium.open(page, width, false);
                assertThat(chromium.messages()).isEmpty();
                assertThat(chromium.ask("return document.documentElement.scrollWidth"))
                        .isEqualTo((long) width);
                assertThat(chromium.texts("figure h3")).contains("Mean ranks by accuracy across data sets");
                assertThat(chromium.texts("figure:first-of-type .canvas svg text"))
                        .contains(
                                "1 {b|d} with a ",
                                "name that tak...",
                                "2.33 c",
                                "2.67 <b>",
                                "4 {a}",
                                "critical difference");
                // no label is cut off by the edge of the picture
                assertThat(chromium.ask("const box = document.querySelector('figure .canvas').getBoundingClientRect();"
                                + "return [...document.querySelectorAll('figure:first-of-type .canvas svg text')]"
                                + ".every(text => text.getBoundingClientRect().left >= box.left - 1"
                                + " && text.getBoundingClientRect().right <= box.right + 1)"))
                        .isEqualTo(true);
            }
        }
    }
}
