package dev.ablate.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import dev.ablate.engine.report.text.Tables;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlSheetTest {

    private static final Pattern COLOURED =
            Pattern.compile("class=\"swatch\"[^>]*>.*?([^<>]+)</t[hd]>", Pattern.DOTALL);

    private final Report report = Report.of(Trials.orGate(), Trials.asked("ablate run or-gate-bias"));
    private final Html html = new Html();
    private final HtmlSheet sheet = new HtmlSheet(html, report.findings().question());

    @Test
    void givesAVariantsColourToItsColumnsAndNotToTheWeightOfThatName() {
        Tables.models(report, sheet);

        assertThat(html.toString())
                .contains("Predictions", "Weights")
                .containsPattern("scope=\"row\" class=\"text\">\\s*bias<");
        assertThat(coloured()).containsExactly("bias", "no-bias", "bias", "no-bias");
    }

    @Test
    void givesAVariantsColourToTheRowsThatNameIt() {
        Tables.effects(report, sheet);

        assertThat(coloured()).containsExactly("bias", "bias");
    }

    @Test
    void givesAVariantsColourToTheColumnsOfWhatDiffers() {
        Tables.differences(report, sheet);

        assertThat(coloured()).containsExactly("bias", "no-bias");
    }

    private List<String> coloured() {
        return COLOURED.matcher(html.toString())
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }
}
