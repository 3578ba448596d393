package dev.ablate.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetContract;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Task;
import dev.ablate.core.option.NoOptions;
import org.junit.jupiter.api.Test;

final class DoublingTest extends DatasetContract<NoOptions> {

    @Override
    protected DatasetSource<NoOptions> source() {
        return new Doubling();
    }

    @Override
    protected NoOptions options() {
        return new NoOptions();
    }

    @Test
    void holdsFourNumbersAndTwiceEach() {
        Dataset doubling = new Doubling().open(new NoOptions());
        assertThat(doubling.examples().features()).containsExactly("x");
        assertThat(doubling.examples().rows().toArray()).containsExactly(1, 2, 3, 4);
        assertThat(doubling.examples().targets()).containsExactly(2, 4, 6, 8);
        assertThat(doubling.task()).isEqualTo(Task.REGRESSION);
    }
}
