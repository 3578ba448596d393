package dev.ablate.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.model.TrainedModel.Scale;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelFilesTest {

    private static final TrainedModel MODEL = new TrainedModel(
            List.of("größer", "a \"b\"\n"),
            "y",
            "volt",
            List.of("no", "yes"),
            new Decision(0.25, 1),
            List.of(new Scale(-0.0, 1e300 / 3), new Scale(Double.MIN_VALUE, 2)),
            List.of(
                    new Layer(
                            List.of(List.of(0.1, -1e-9), List.of(Double.MAX_VALUE, 3.0)),
                            List.of(0.0, 1.0 / 3),
                            Activation.RELU),
                    new Layer(List.of(List.of(1.0), List.of(-0.0)), List.of(0.5), Activation.STEP)),
            new Scale(1, 7),
            List.of(5.0, -0.1),
            null);

    @Test
    void describesAllOfAModelToTheBit() {
        Map<String, byte[]> files = ModelFiles.of(MODEL);
        assertThat(files).containsOnlyKeys("model/model.json");
        assertThat(ModelFiles.read(files.getOrDefault("model/model.json", new byte[0])))
                .isEqualTo(MODEL);
    }

    /** Other programs read it: its keys are a contract. */
    @Test
    void namesItsKeys() {
        TrainedModel small = new TrainedModel(
                List.of("x"),
                "y",
                "",
                List.of(),
                Decision.DEFAULT,
                List.of(),
                List.of(new Layer(List.of(List.of(2.0)), List.of(1.0), Activation.SIGMOID)),
                Scale.NONE,
                List.of(0.5),
                null);
        assertThat(new String(
                        ModelFiles.of(small).getOrDefault("model/model.json", new byte[0]), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"features\":[\"x\"],\"target\":\"y\",\"unit\":\"\",\"classes\":[],"
                                + "\"decision\":{\"threshold\":0.5,\"tie\":0},\"scales\":[],"
                                + "\"layers\":[{\"weights\":[[2.0]],\"bias\":[1.0],\"activation\":\"SIGMOID\"}],"
                                + "\"answer_scale\":{\"shift\":0.0,\"divisor\":1.0},\"fires_at_zero\":false,\"example\":[0.5]}");
    }

    /** Its first line is a file of the version that did not store classes and the decision. */
    @Test
    void readsWhatOlderVersionsWrote() {
        TrainedModel old = ModelFiles.read(("{\"features\":[\"x\"],\"target\":\"y\",\"scales\":[],"
                        + "\"layers\":[{\"weights\":[[2.0]],\"bias\":[1.0],\"activation\":\"SIGMOID\"}],"
                        + "\"answer_scale\":{\"shift\":0.0,\"divisor\":1.0},\"fires_at_zero\":true,\"example\":[0.5]}")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(old.classes()).isEmpty();
        assertThat(old.decision()).isEqualTo(new Decision(0.5, 1));
        assertThat(old.isDense()).isTrue();
    }
}
