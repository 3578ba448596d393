package dev.ablate.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import dev.ablate.worker.prepare.RowEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs answer as the layers do, in a runtime that is not ours. */
class OnnxGraphTest {

    private static final Scale STANDARD = new Scale(1499.7, 505.5);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOFTMAX")
    void oneNeuronAnswersAsItsLayer(Activation activation) throws OrtException {
        Layer neuron = new Layer(List.of(List.of(0.7), List.of(-1.3)), List.of(0.25), activation);
        answersAlike(model(2, List.of(neuron), List.of(), Scale.NONE), 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void layersOfAnyWidthWithAnyScalingAnswerAsTheyDo(long seed) throws OrtException {
        SplittableRandom random = new SplittableRandom(seed);
        int features = random.nextInt(1, 6);
        List<Layer> layers = new ArrayList<>();
        int width = features;
        for (int left = random.nextInt(3); left >= 0; left--) {
            int units = left == 0 ? 1 : random.nextInt(1, 9);
            layers.add(layer(width, units, random));
            width = units;
        }
        List<Scale> scales = random.nextBoolean()
                ? List.of()
                : IntStream.range(0, features)
                        .mapToObj(k -> new Scale(100 * random.nextGaussian(), 0.1 + random.nextDouble(900)))
                        .toList();
        Scale answer = random.nextBoolean() ? Scale.NONE : new Scale(180_000.3, 79_000.7);
        answersAlike(model(features, layers, scales, answer), seed);
    }

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void withoutABiasTheScalesKeepTheirPrecision(int features) throws Exception {
        Layer neuron = new Layer(
                DoubleStream.of(0.7, -1.3).limit(features).mapToObj(List::of).toList(),
                List.of(0.0),
                Activation.IDENTITY);
        List<Scale> scales =
                Stream.of(STANDARD, new Scale(0, 30.1)).limit(features).toList();
        TrainedModel model = model(features, List.of(neuron), scales, new Scale(0, 79_000.7));
        answersAlike(model, 1);
        // newer runtimes leave an addition of 0 out, and make MatMul and the scale that it then meets one, in single
        // precision
        assertThat(OnnxMl.ModelProto.parseFrom(OnnxGraph.of(model)).getGraph().getNodeList())
                .extracting(OnnxMl.NodeProto::getOpType)
                .containsExactly("Sub", "Div", "Gemm", "Mul", "Add", "Identity");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStepAnswersToExactlyZeroAsTheSpecSays(boolean fires) throws OrtException {
        Layer step = new Layer(List.of(List.of(1.0)), List.of(0.0), Activation.STEP);
        TrainedModel model = new TrainedModel(
                List.of("x"),
                "y",
                "",
                List.of(),
                new Decision(0.5, fires ? 1 : 0),
                List.of(),
                List.of(step),
                Scale.NONE,
                List.of(0.0),
                null);
        assertThat(answers(model, new double[][] {{-1e-300}, {0}, {-0.0}, {1e-300}}))
                .containsExactly(0, fires ? 1 : 0, fires ? 1 : 0, 1);
    }

    @Test
    void namesOfAnyKindDoNotCollide() throws OrtException {
        Layer identity = new Layer(List.of(List.of(2.0), List.of(3.0)), List.of(1.0), Activation.IDENTITY);
        for (String target : List.of("features", "inputs", "layer1/weights", "rows", "price in $ / ft²", "value1")) {
            TrainedModel model = new TrainedModel(
                    List.of("a", "b"),
                    target,
                    "",
                    List.of(),
                    Decision.DEFAULT,
                    List.of(),
                    List.of(identity),
                    Scale.NONE,
                    List.of(1.0, 1.0),
                    null);
            assertThat(answers(model, new double[][] {{1, 10}})).containsExactly(33);
        }
    }

    @Test
    void equalModelsGiveEqualBytes() {
        TrainedModel model = model(2, List.of(layer(2, 1, new SplittableRandom(3))), List.of(), STANDARD);
        TrainedModel same = model(2, List.of(layer(2, 1, new SplittableRandom(3))), List.of(), STANDARD);
        assertThat(OnnxGraph.of(model)).isEqualTo(OnnxGraph.of(same));
    }

    @Test
    void ofPreparedColumnsItSaysHowARowBecomesThem() throws Exception {
        RowEncoding encoding = new RowEncoding(
                List.of(new RowEncoding.Input("sex", List.of("female", "male"))),
                List.of(new RowEncoding.Output(0, false, List.of(0.0, 1.0), null)));
        TrainedModel model = new TrainedModel(
                List.of("sex=male"),
                encoding,
                "y",
                "",
                List.of(),
                Decision.DEFAULT,
                List.of(),
                List.of(new Layer(List.of(List.of(2.0)), List.of(1.0), Activation.IDENTITY)),
                Scale.NONE,
                List.of(0.0),
                null);
        assertThat(answers(model, new double[][] {{0}, {1}})).containsExactly(1, 3);
        assertThat(OnnxMl.ModelProto.parseFrom(OnnxGraph.of(model)).getMetadataPropsList())
                .extracting(OnnxMl.StringStringEntryProto::getKey, OnnxMl.StringStringEntryProto::getValue)
                .containsExactly(
                        tuple("columns", "sex=male"),
                        tuple(
                                "encoding",
                                "{\"inputs\":[{\"name\":\"sex\",\"categories\":[\"female\",\"male\"]}],"
                                        + "\"outputs\":[{\"input\":0,\"indicator\":false,\"by_category\":[0.0,1.0]}]}"));
        assertThat(ModelGraphs.inputs(OnnxGraph.of(model), model))
                .containsExactly(new ModelGraphs.Input("sex=male", 0));
        assertThat(ModelFiles.find(ModelFiles.of(model))).contains(model);
    }

    /** Rows as the data have them, NaN where a value is missing, of features that are all numbers. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fillsInMissingNumbersAsWeDo(boolean indicators) throws Exception {
        List<RowEncoding.Output> outputs = new ArrayList<>();
        outputs.add(new RowEncoding.Output(0, false, List.of(), 28.5));
        if (indicators) {
            outputs.add(new RowEncoding.Output(0, true, List.of(), 1.0));
        }
        outputs.add(new RowEncoding.Output(1, false, List.of(), -0.1));
        if (indicators) {
            // no training row lacks it
            outputs.add(new RowEncoding.Output(1, true, List.of(), 0.0));
        }
        outputs.add(new RowEncoding.Output(2, false, List.of(), null));
        RowEncoding encoding = new RowEncoding(
                Stream.of("age", "fare", "rooms")
                        .map(name -> new RowEncoding.Input(name, List.of()))
                        .toList(),
                outputs);
        SplittableRandom random = new SplittableRandom(7);
        int width = outputs.size();
        TrainedModel model = new TrainedModel(
                IntStream.range(0, width).mapToObj(k -> "c" + k).toList(),
                encoding,
                "y",
                "",
                List.of(),
                Decision.DEFAULT,
                IntStream.range(0, width)
                        .mapToObj(k -> new Scale(10 * random.nextGaussian(), 0.1 + random.nextDouble(9)))
                        .toList(),
                List.of(layer(width, 1, random)),
                STANDARD,
                IntStream.range(0, width).mapToObj(k -> (double) k).toList(),
                null);
        double[][] rows = new double[200][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = random.doubles(3, -50, 50).toArray();
            rows[row][0] = random.nextInt(3) == 0 ? Double.NaN : rows[row][0];
            rows[row][1] = random.nextInt(3) == 0 ? Double.NaN : rows[row][1];
        }
        double[] answers = answers(model, rows);
        List<List<Double>> ours = Predictor.of(List.of("age", "fare", "rooms"), RunModel.of("run", model))
                .answers(Stream.of(rows)
                        .map(row -> DoubleStream.of(row).boxed().toList())
                        .toList());
        for (int row = 0; row < rows.length; row++) {
            double expected = ours.get(row).get(0);
            assertThat(answers[row]).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
        }
        // where nothing is filled in the answer says so
        assertThat(answers(model, new double[][] {{1, 2, Double.NaN}})[0]).isNaN();

        byte[] graph = OnnxGraph.of(model);
        assertThat(OnnxMl.ModelProto.parseFrom(graph).getMetadataPropsList())
                .extracting(OnnxMl.StringStringEntryProto::getKey, OnnxMl.StringStringEntryProto::getValue)
                .containsExactly(tuple("columns", "age, fare, rooms"));
        assertThat(ModelGraphs.inputs(graph, model))
                .containsExactly(
                        new ModelGraphs.Input("age", 0),
                        new ModelGraphs.Input("fare", indicators ? 2 : 1),
                        new ModelGraphs.Input("rooms", indicators ? 4 : 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void severalClassesAreAnsweredByTheirNamesAndANumberEach(int classes) throws OrtException {
        SplittableRandom random = new SplittableRandom(classes);
        Layer hidden = layer(2, 3, random);
        Layer softmax = new Layer(
                layer(3, classes, random).weights(), layer(1, classes, random).bias(), Activation.SOFTMAX);
        List<String> names =
                Stream.of("label", "value1", "grüne", "d", "e").limit(classes).toList();
        TrainedModel model = classifier(List.of(hidden, softmax), names, Decision.DEFAULT);
        double[][] rows = new double[200][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = random.doubles(2, -5, 5).toArray();
        }
        List<List<Double>> ours = ours(model, rows);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(OnnxGraph.of(model));
                OnnxTensor input = OnnxTensor.createTensor(environment, rows);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            assertThat(session.getOutputNames())
                    .containsExactlyElementsOf(
                            Stream.concat(Stream.of("y/label_"), names.stream().map(name -> "y/" + name))
                                    .toList());
            String[] labels = (String[]) result.get(0).getValue();
            for (int row = 0; row < rows.length; row++) {
                assertThat(labels[row]).isEqualTo(names.get(Decision.DEFAULT.classOf(ours.get(row))));
                for (int k = 0; k < classes; k++) {
                    double[][] share = (double[][]) result.get(k + 1).getValue();
                    assertThat(share[row][0]).isCloseTo(ours.get(row).get(k), within(1e-12));
                }
            }
            assertThat(Stream.of(labels).distinct()).as("not one class alone").hasSizeGreaterThan(1);
        }
        assertThat(ModelGraphs.outputs(OnnxGraph.of(model)))
                .startsWith(new ModelGraphs.Output("y/label_", true), new ModelGraphs.Output("y/label", false));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void twoClassesAreAnsweredAsTheDecisionSays(int tie) throws OrtException {
        Layer neuron = new Layer(List.of(List.of(1.0)), List.of(0.0), Activation.IDENTITY);
        Decision decision = new Decision(0.3, tie);
        TrainedModel model = classifier(List.of(neuron), List.of("no", "yes"), decision);
        double[] answers = {0.2, 0.3 - 1e-6, 0.3 - 1e-12, 0.3, 0.3 + 1e-12, 0.3 + 1e-6, 0.9, -7};
        double[][] rows = DoubleStream.of(answers)
                .mapToObj(answer -> new double[] {answer})
                .toArray(double[][]::new);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(OnnxGraph.of(model));
                OnnxTensor input = OnnxTensor.createTensor(environment, rows);
                OrtSession.Result result = session.run(Map.of("features", input))) {
            assertThat(session.getOutputNames()).containsExactly("y", "y/label");
            assertThat((String[]) result.get(1).getValue())
                    .containsExactly(DoubleStream.of(answers)
                            .mapToObj(answer -> decision.classOf(answer) == 1 ? "yes" : "no")
                            .toArray(String[]::new));
        }
    }

    private static TrainedModel classifier(List<Layer> layers, List<String> classes, Decision decision) {
        int features = layers.get(0).weights().size();
        return new TrainedModel(
                IntStream.range(0, features).mapToObj(k -> "x" + k).toList(),
                "y",
                "",
                classes,
                decision,
                List.of(),
                layers,
                Scale.NONE,
                DoubleStream.generate(() -> 0).limit(features).boxed().toList(),
                null);
    }

    /** What the runner itself answers. */
    private static List<List<Double>> ours(TrainedModel model, double[][] rows) {
        return Predictor.of(model.features(), RunModel.of("run", model))
                .answers(Stream.of(rows)
                        .map(row -> DoubleStream.of(row).boxed().toList())
                        .toList());
    }

    @Test
    void layersThatDoNotSayAllAreNotAModel() {
        Layer two = layer(2, 2, new SplittableRandom(1));
        assertThat(TrainedModel.isDescribedBy(List.of(), 2, 1)).isFalse();
        assertThat(TrainedModel.isDescribedBy(List.of(two), 2, 1)).isFalse();
        assertThat(TrainedModel.isDescribedBy(List.of(two, layer(2, 1, new SplittableRandom(1))), 2, 1))
                .isTrue();
        assertThat(TrainedModel.isDescribedBy(List.of(two, layer(3, 1, new SplittableRandom(1))), 2, 1))
                .isFalse();
        assertThatThrownBy(() -> model(2, List.of(two), List.of(), Scale.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Layer layer(int inputs, int units, SplittableRandom random) {
        Activation[] bending = {Activation.IDENTITY, Activation.SIGMOID, Activation.TANH, Activation.RELU};
        List<List<Double>> weights = IntStream.range(0, inputs)
                .mapToObj(i -> IntStream.range(0, units)
                        .mapToObj(k -> random.nextDouble(-2, 2))
                        .toList())
                .toList();
        List<Double> bias = IntStream.range(0, units)
                .mapToObj(k -> random.nextDouble(-1, 1))
                .toList();
        return new Layer(weights, bias, bending[random.nextInt(bending.length)]);
    }

    private static TrainedModel model(int features, List<Layer> layers, List<Scale> scales, Scale answer) {
        return new TrainedModel(
                IntStream.range(0, features).mapToObj(k -> "x" + k).toList(),
                "y",
                "",
                List.of(),
                Decision.DEFAULT,
                scales,
                layers,
                answer,
                DoubleStream.generate(() -> 0).limit(features).boxed().toList(),
                null);
    }

    private static void answersAlike(TrainedModel model, long seed) throws OrtException {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[20][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = random.doubles(model.features().size(), -300, 300).toArray();
        }
        double[] answers = answers(model, rows);
        for (int row = 0; row < rows.length; row++) {
            double expected = expected(model, rows[row]);
            assertThat(answers[row]).isCloseTo(expected, within(1e-12 * Math.max(1, Math.abs(expected))));
        }
    }

    /** By the definition, straight from the numbers. */
    private static double expected(TrainedModel model, double[] row) {
        double[] values = row.clone();
        for (int k = 0; k < values.length && !model.scales().isEmpty(); k++) {
            Scale scale = model.scales().get(k);
            values[k] = (values[k] - scale.shift()) / scale.divisor();
        }
        for (Layer layer : model.layers()) {
            double[] next = new double[layer.bias().size()];
            for (int k = 0; k < next.length; k++) {
                double z = layer.bias().get(k);
                for (int i = 0; i < values.length; i++) {
                    z += layer.weights().get(i).get(k) * values[i];
                }
                next[k] = layer.activation().of(z);
            }
            values = next;
        }
        return values[0] * model.answerScale().divisor() + model.answerScale().shift();
    }

    private static double[] answers(TrainedModel model, double[][] rows) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(OnnxGraph.of(model));
                OnnxTensor input = OnnxTensor.createTensor(environment, rows)) {
            assertThat(session.getOutputNames())
                    .startsWith(model.target())
                    .hasSize(model.classes().isEmpty() ? 1 : 2);
            String name = session.getInputNames().iterator().next();
            try (OrtSession.Result result = session.run(Map.of(name, input))) {
                double[][] answers = (double[][]) result.get(0).getValue();
                return Stream.of(answers).mapToDouble(answer -> answer[0]).toArray();
            }
        }
    }
}
