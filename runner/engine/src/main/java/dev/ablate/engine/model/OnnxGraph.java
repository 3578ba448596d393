package dev.ablate.engine.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A trained model as an ONNX graph in double precision, which takes and gives raw units.
 *
 * <p>Of a model that learned from prepared columns it takes these, before they are scaled: missing values are filled in, and categories
 * are numbers. Its metadata name them and say in JSON how a row of raw values becomes one.
 *
 * <p>Its input is a matrix of rows {@code [rows, features]}. Its output by the target's name is {@code [rows, 1]}: a number, or of two
 * classes what the decision is made by. Of classes {@code TARGET/label} is what the data call the one that is answered, {@code [rows]}; of
 * three and more each has its number, {@code [rows, 1]}, as {@code TARGET/CLASS}, instead of one by the target's name.
 */
final class OnnxGraph {

    // of 2021: every ONNX runtime of the last years knows them, and they have all that is needed here in double
    private static final int FORMAT = 7;
    private static final int OPERATORS = 13;

    private static final String ROWS = "rows";

    private final TrainedModel model;
    private final OnnxMl.GraphProto.Builder graph =
            OnnxMl.GraphProto.newBuilder().setName("ablate");

    /** The name of the value that the next operation takes. */
    private String last;

    private int operations;

    /** Names of outputs, which nothing inside has. */
    private final List<String> outputs;

    private OnnxGraph(TrainedModel model) {
        this.model = model;
        this.last = model.target().equals("features") ? "inputs" : "features";
        this.outputs = Stream.concat(
                        Stream.of(model.target(), label(model)),
                        model.classes().stream().map(name -> model.target() + "/" + name))
                .toList();
    }

    /** The graph, as the content of a file; equal models give equal bytes. */
    static byte[] of(TrainedModel model) {
        return new OnnxGraph(model).bytes();
    }

    private byte[] bytes() {
        int width = model.features().size();
        graph.addInput(matrix(last, width));
        if (!model.scales().isEmpty()) {
            apply("Sub", row("shift", model.scales().stream().map(Scale::shift).toList()));
            apply(
                    "Div",
                    row("divisor", model.scales().stream().map(Scale::divisor).toList()));
        }
        for (int layer = 0; layer < model.layers().size(); layer++) {
            add(layer + 1, model.layers().get(layer));
        }
        if (!model.answerScale().equals(Scale.NONE)) {
            apply("Mul", row("answer/divisor", List.of(model.answerScale().divisor())));
            apply("Add", row("answer/shift", List.of(model.answerScale().shift())));
        }
        if (model.outputs() == 1) {
            // gives the last value, whichever it is, its name
            graph.addNode(node("Identity", last).addOutput(model.target()));
            graph.addOutput(matrix(model.target(), 1));
        }
        if (!model.classes().isEmpty()) {
            label();
        }
        for (int k = 0; k < model.classes().size() && model.outputs() > 1; k++) {
            String name = model.target() + "/" + model.classes().get(k);
            graph.addNode(node("Gather", last)
                    .addInput(index("class" + k, k))
                    .addAttribute(attribute("axis", 1))
                    .addOutput(name));
            graph.addOutput(matrix(name, 1));
        }
        OnnxMl.ModelProto.Builder file = OnnxMl.ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("ablate")
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
                .setGraph(graph);
        ModelFiles.encoding(model).ifPresent(encoding -> {
            file.addMetadataProps(metadata("columns", String.join(", ", model.features())));
            file.addMetadataProps(metadata("encoding", encoding));
        });
        return file.build().toByteArray();
    }

    private static OnnxMl.StringStringEntryProto metadata(String key, String value) {
        return OnnxMl.StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }

    private void add(int number, Layer layer) {
        int units = layer.bias().size();
        List<Double> weights = layer.weights().stream().flatMap(List::stream).toList();
        // not MatMul and Add: a runtime that leaves an addition of 0 out makes MatMul and the scale that it then meets
        // one
        // operation, which has the scale in single precision
        apply(
                "Gemm",
                tensor("layer" + number + "/weights", weights, layer.weights().size(), units),
                row("layer" + number + "/bias", layer.bias()));
        switch (layer.activation()) {
            case IDENTITY -> {}
            case SIGMOID -> apply("Sigmoid");
            case TANH -> apply("Tanh");
            case RELU -> apply("Relu");
            case SOFTMAX -> apply(attribute("axis", 1), "Softmax");
            case STEP -> step(number);
        }
    }

    private void step(int number) {
        String zero = row("layer" + number + "/zero", List.of(0.0));
        apply(model.firesAtZero() ? "GreaterOrEqual" : "Greater", zero);
        apply(attribute("to", OnnxMl.TensorProto.DataType.DOUBLE.getNumber()), "Cast");
    }

    /** What the data call the class that is answered, by the decision of two and the greatest number of more; what is last stays it. */
    private void label() {
        String answer = last;
        if (model.outputs() == 1) {
            double threshold = model.decision().threshold();
            // so near to the threshold the tie decides, as in Decision
            double near = Decision.ROUNDING * (threshold == 0 ? 1 : Math.abs(threshold));
            apply("Sub", row("threshold", List.of(threshold)));
            boolean up = model.firesAtZero();
            apply(up ? "GreaterOrEqual" : "Greater", row("near", List.of(up ? -near : near)));
            apply(attribute("to", OnnxMl.TensorProto.DataType.INT64.getNumber()), "Cast");
            apply("Reshape", index("row", -1));
        } else {
            OnnxMl.NodeProto.Builder greatest =
                    node("ArgMax", last).addAttribute(attribute("axis", 1)).addAttribute(attribute("keepdims", 0));
            last = next();
            graph.addNode(greatest.addOutput(last));
        }
        OnnxMl.TensorProto.Builder names = OnnxMl.TensorProto.newBuilder()
                .setName(inner("labels"))
                .setDataType(OnnxMl.TensorProto.DataType.STRING.getNumber())
                .addDims(model.classes().size());
        model.classes().forEach(name -> names.addStringData(ByteString.copyFromUtf8(name)));
        graph.addInitializer(names);
        graph.addNode(node("Gather", inner("labels")).addInput(last).addOutput(label(model)));
        graph.addOutput(value(label(model), OnnxMl.TensorProto.DataType.STRING, OptionalInt.empty()));
        last = answer;
    }

    /** The name of the output of labels: no class has it. */
    private static String label(TrainedModel model) {
        String name = "label";
        while (model.outputs() > 1 && model.classes().contains(name)) {
            name += "_";
        }
        return model.target() + "/" + name;
    }

    private static OnnxMl.AttributeProto.Builder attribute(String name, int value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value);
    }

    /** A whole number, {@code [1]}. */
    private String index(String name, long value) {
        graph.addInitializer(OnnxMl.TensorProto.newBuilder()
                .setName(inner(name))
                .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                .addDims(1)
                .addInt64Data(value));
        return inner(name);
    }

    /** Puts the last value through an operation with an attribute. */
    private void apply(OnnxMl.AttributeProto.Builder attribute, String operation) {
        OnnxMl.NodeProto.Builder node = node(operation, last).addAttribute(attribute);
        last = next();
        graph.addNode(node.addOutput(last));
    }

    /** Puts the last value, and others, through an operation. */
    private void apply(String operation, String... others) {
        OnnxMl.NodeProto.Builder node = node(operation, last).addAllInput(List.of(others));
        last = next();
        graph.addNode(node.addOutput(last));
    }

    private OnnxMl.NodeProto.Builder node(String operation, String input) {
        return OnnxMl.NodeProto.newBuilder().setOpType(operation).addInput(input);
    }

    private String next() {
        operations++;
        return inner("value" + operations);
    }

    /** A name that neither an output nor the input has. */
    private String inner(String name) {
        String inner = model.target() + "/" + name;
        while (outputs.contains(inner)) {
            inner += "_";
        }
        return inner;
    }

    private String row(String name, List<Double> values) {
        return tensor(name, values, 1, values.size());
    }

    private String tensor(String name, List<Double> values, int rows, int columns) {
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(values.size(), Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(raw::putDouble);
        graph.addInitializer(OnnxMl.TensorProto.newBuilder()
                .setName(inner(name))
                .setDataType(OnnxMl.TensorProto.DataType.DOUBLE.getNumber())
                .addDims(rows)
                .addDims(columns)
                .setRawData(ByteString.copyFrom(raw.array())));
        return inner(name);
    }

    private static OnnxMl.ValueInfoProto matrix(String name, int columns) {
        return value(name, OnnxMl.TensorProto.DataType.DOUBLE, OptionalInt.of(columns));
    }

    private static OnnxMl.ValueInfoProto value(String name, OnnxMl.TensorProto.DataType type, OptionalInt columns) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam(ROWS);
        columns.ifPresent(width -> shape.addDimBuilder().setDimValue(width));
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
