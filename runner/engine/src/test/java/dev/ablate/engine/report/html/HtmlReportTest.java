package dev.ablate.engine.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.compare.Trial;
import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.Report;
import dev.ablate.engine.report.Trials;
import dev.ablate.engine.report.picture.Band;
import dev.ablate.engine.report.picture.CurveLine;
import dev.ablate.engine.report.picture.Dots;
import dev.ablate.engine.report.picture.Pictures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    @Test
    void namesTheOnlyLineOfAChart() {
        Report report =
                Report.of(new Trial("alone").mse().fixed("alone", 0.25).compare(), Trials.asked("ablate run alone"));
        CurveLine line = new CurveLine(
                new Group("alone", Map.of()),
                "train/mse",
                1,
                List.of(Band.of(0, List.of(1.0)), Band.of(1, List.of(0.25))));
        Pictures pictures = new Pictures(
                List.of(line), List.of(), new Dots(List.of(), List.of()), List.of(), List.of(), List.of(), List.of());

        assertThat(HtmlReport.render(report, pictures, new Reproduction("ablate run alone", "", Map.of())))
                .containsPattern("data-entry=\"0\"><svg[^>]*>.*\\s*</svg>\\s*alone</button>");
    }
}
