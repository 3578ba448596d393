package dev.ablate.trainers.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.dense.DenseTrainerContract;
import dev.ablate.core.training.Trainer;
import org.junit.jupiter.api.Test;

final class Dl4jTrainerTest extends DenseTrainerContract<Dl4jOptions> {

    @Override
    protected Trainer<Dl4jOptions> trainer() {
        return new Dl4jTrainer();
    }

    @Override
    protected Dl4jOptions options(DenseOptions given) {
        return given.make(Dl4jOptions::new);
    }

    @Test
    void saysThatItsNativeCodeNeedsMoreMemoryThanTheHeapMayHave() {
        IllegalStateException small = assertThrows(IllegalStateException.class, () -> new Dl4jTrainer(24L << 20));
        assertEquals(
                "Deeplearning4j needs a Java heap of 48 MB or more, and it is limited to 24 MB: raise -Xmx, in"
                        + " JAVA_TOOL_OPTIONS for one",
                small.getMessage());
    }
}
