package dev.ablate.datasets;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.option.NoOptions;
import java.util.List;
import java.util.Objects;

/**
 * The truth table of two inputs.
 *
 * @param source who published it
 * @param of00 the answer to (0, 0)
 * @param of01 the answer to (0, 1)
 * @param of10 the answer to (1, 0)
 * @param of11 the answer to (1, 1)
 */
record LogicGate(String source, int of00, int of01, int of10, int of11) implements DatasetSource<NoOptions> {

    private static final List<String> INPUTS = List.of("x1", "x2");

    @Override
    public Dataset open(NoOptions options) {
        double[] inputs = {0, 0, /**/ 0, 1, /**/ 1, 0, /**/ 1, 1};
        double[] answers = {of00, of01, of10, of11};
        return Dataset.classification(Examples.of(INPUTS, inputs, answers), "y", source);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogicGate that
                && source.equals(that.source)
                && of00 == that.of00
                && of01 == that.of01
                && of10 == that.of10
                && of11 == that.of11;
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, of00, of01, of10, of11);
    }
}
