package dev.ablate.engine.report.html.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ablate.engine.report.picture.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ContourTest {

    private static final int SIDE = 21;

    @Test
    void ofASlopeIsAStraightLineAndTheEdgesOfTheGrid() {
        List<List<Dot>> outlines = above(10.25, (x, y) -> x);

        assertThat(outlines).hasSize(1);
        assertThat(outlines.get(0))
                .containsExactlyInAnyOrder(new Dot(10.25, 0), new Dot(20, 0), new Dot(20, 20), new Dot(10.25, 20));
        assertThat(area(outlines)).as("what is above lies to the left").isCloseTo(9.75 * 20, within(1e-9));
    }

    @Test
    void ofAnythingHasItsSize() {
        assertThat(area(above(-49, (x, y) -> -(x - 10) * (x - 10) - (y - 10) * (y - 10))))
                .as("a disk of radius 7")
                .isCloseTo(49 * Math.PI, within(1.5));
        assertThat(area(above(49, (x, y) -> (x - 10) * (x - 10) + (y - 10) * (y - 10))))
                .as("all but a disk")
                .isCloseTo(400 - 49 * Math.PI, within(1.5));
        assertThat(area(above(0, (x, y) -> 1))).as("all").isCloseTo(400, within(1e-9));
        assertThat(above(2, (x, y) -> 1)).as("nothing").isEmpty();
    }

    @Test
    void keepsWhatIsApartApart() {
        assertThat(above(0.5, (x, y) -> (x < 5 && y < 5) || (x > 15 && y > 15) ? 1 : 0))
                .hasSize(2);
        // a saddle: two corners of a square that meet nowhere
        assertThat(Contour.of(2, List.of(1.0, 0.0, 0.0, 1.0), 0.5, value -> value > 0.5))
                .hasSize(2)
                .allSatisfy(outline -> assertThat(outline).hasSize(3));
    }

    @Test
    void leavesOutWhereThereIsNoValue() {
        List<List<Dot>> outlines = above(0, (x, y) -> x > 15 ? Double.NaN : 1);

        assertThat(area(outlines)).isCloseTo(15 * 20, within(1e-9));
    }

    private static List<List<Dot>> above(double level, DoubleBinaryOperator value) {
        List<Double> values = new ArrayList<>();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                values.add(value.applyAsDouble(x, y));
            }
        }
        return Contour.of(SIDE, values, level, each -> each > level);
    }

    /** Of holes, which run the other way round, it is below 0. */
    private static double area(List<List<Dot>> outlines) {
        double twice = 0;
        for (List<Dot> outline : outlines) {
            for (int i = 0; i < outline.size(); i++) {
                Dot a = outline.get(i);
                Dot b = outline.get((i + 1) % outline.size());
                twice += a.x() * b.y() - b.x() * a.y();
            }
        }
        return twice / 2;
    }
}
