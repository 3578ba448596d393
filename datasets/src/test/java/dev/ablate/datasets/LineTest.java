package dev.ablate.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LineTest extends DatasetContract<LineOptions> {

    @Override
    protected DatasetSource<LineOptions> source() {
        return new Line();
    }

    @Override
    protected LineOptions options() {
        return new LineOptions(-10, 10, 201);
    }

    @Test
    void asksWhetherEachNumberIsGreaterThanZero() {
        Dataset line = new Line().open(new LineOptions(-1, 1, 5));
        assertThat(line.examples().features()).containsExactly("x");
        assertThat(line.examples().rows().toArray()).containsExactly(-1, -0.5, 0, 0.5, 1);
        assertThat(line.examples().targets()).containsExactly(0, 0, 0, 1, 1);
        assertThat(line.task()).isEqualTo(Task.BINARY_CLASSIFICATION);
    }

    @Test
    void hasTheNumbersThatAPersonWouldWrite() {
        double[] numbers = new Line().open(options()).examples().rows().toArray();
        assertThat(numbers).hasSize(201);
        for (int tenths = -100; tenths <= 100; tenths++) {
            assertThat(numbers[tenths + 100]).isEqualTo(tenths / 10.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.7, 4", "-0.3, 0.1, 7", "1, 1.5, 2", "-1e9, 1e9, 1000"})
    void beginsAndEndsWhereItIsAskedToAndRises(double from, double to, int count) {
        double[] numbers = new Line()
                .open(new LineOptions(from, to, count))
                .examples()
                .rows()
                .toArray();
        assertThat(numbers).hasSize(count).startsWith(from).endsWith(to).isSorted();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1"})
    void refusesALineThatDoesNotRise(double from, double to) {
        assertThat(catchThrowableOfType(Refused.class, () -> new LineOptions(from, to, 2))
                        .all())
                .containsExactly(new Refused.Reason("to", "must be greater than from, which is " + from));
    }
}
