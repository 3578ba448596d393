package dev.ablate.engine.report.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.report.Group;
import dev.ablate.engine.report.layout.Style;
import dev.ablate.engine.report.layout.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallCurvesTest {

    @Test
    void drawsAllOfAMetricToOneScaleAndEndsWhereALineEnds() {
        Map<String, Table> curves =
                SmallCurves.of(List.of(line("long", 0, 8, 100, 4, 200, 1), line("short", 0, 8, 100, 8)), List.of());

        assertThat(curves).containsOnlyKeys("train/mse by update, 0 to 200");
        assertThat(curves.values().iterator().next().lines(80, Style.PLAIN))
                .containsExactly(
                        "                                         first  last",
                        "long   ████████████████▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▁      8     1",
                        "short  ████████████████                      8     8");
    }

    @Test
    void showsEachPowerOfTenAlikeWhereAMetricFallsByThousands() {
        Map<String, Table> curves = SmallCurves.of(List.of(line("a", 0, 1, 10, 0.01, 20, 0.0001)), List.of());

        assertThat(curves).containsOnlyKeys("train/mse by update, 0 to 20 (log scale)");
        assertThat(curves.values().iterator().next().rows().get(0).get(1))
                .startsWith("███")
                .contains("▅")
                .endsWith("▁");
    }

    @Test
    void drawsRoundingFlat() {
        Map<String, Table> curves =
                SmallCurves.of(List.of(line("a", 0, 0.25, 10, 0.25 + 1e-11, 20, 0.25 - 1e-11)), List.of());

        assertThat(curves.values().iterator().next().rows().get(0).get(1)).matches("▁+");
    }

    @Test
    void drawsThePrimaryMetricFirst() {
        CurveLine mse = line("a", 0, 1, 10, 2);
        CurveLine r2 = new CurveLine(mse.group(), "test/r2", 1, mse.points());

        assertThat(SmallCurves.of(List.of(mse, r2), List.of("test/r2", "test/mse"))
                        .keySet())
                .containsExactly("test/r2 by update, 0 to 10", "train/mse by update, 0 to 10");
    }

    @Test
    void drawsNothingThatATerminalHasNoRoomFor() {
        assertThat(SmallCurves.of(List.of(line("a-variant-with-a-rather-long-name", 0, 1, 10, 2)), List.of()))
                .isEmpty();
        assertThat(SmallCurves.of(
                        IntStream.range(0, 9)
                                .mapToObj(i -> line("v" + i, 0, 1, 10, 2))
                                .toList(),
                        List.of()))
                .isEmpty();
    }

    /** Places and values in turn. */
    private static CurveLine line(String variant, double... points) {
        return new CurveLine(
                new Group(variant, Map.of()),
                "train/mse",
                1,
                IntStream.range(0, points.length / 2)
                        .mapToObj(i -> Band.of(points[2 * i], List.of(points[2 * i + 1])))
                        .toList());
    }
}
