package dev.ablate.engine.report.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void keepsWhatIsJoinedOnOneSideOfABreak() {
        Table table = new Table().text("metric");
        for (String variant : List.of("plain", "wide", "deep")) {
            table.number(variant).number("sd").joined();
        }
        table.row("train/mse", "0.25", "0.01", "0.5", "0.02", "0.75", "0.03");

        assertThat(table.lines(35, Style.PLAIN))
                .containsExactly(
                        "metric     plain    sd  wide    sd",
                        "train/mse   0.25  0.01   0.5  0.02",
                        "",
                        "metric     deep    sd",
                        "train/mse  0.75  0.03");
        assertThat(table.lines(30, Style.PLAIN).get(0)).isEqualTo("metric     plain    sd");
    }

    @Test
    void keepsItWithoutItsBarsAndInItsBeginning() {
        Table table = new Table().text("weight");
        table.numberOf("plain").bar().number("sd").joined();
        table.row("x1", "0.25", "++++", "0.01");

        assertThat(table.withoutBars().first(1).lines(18, Style.PLAIN))
                .containsExactly("weight  plain    sd", "x1       0.25  0.01");
    }
}
