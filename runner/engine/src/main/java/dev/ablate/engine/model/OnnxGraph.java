package dev.ablate.engine.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import dev.ablate.core.training.Layer;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import dev.ablate.worker.model.TrainedModel.Scale;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A trained model as an ONNX graph in double precision, which takes and gives raw units.
 *
 * <p>Of a model that learned from prepared columns it takes these, before they are scaled: missing values are filled in, and categories
 * are numbers. Its metadata name them and say in JSON how a row of raw values becomes one.
 *
 * <p>Its input is a matrix of rows {@code [rows, features]}, its output, by the target's name, {@code [rows, 1]}.
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

    private OnnxGraph(TrainedModel model) {
        this.model = model;
        this.last = model.target().equals("features") ? "inputs" : "features";
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
        // gives the last value, whichever it is, its name
        graph.addNode(node("Identity", last).addOutput(model.target()));
        graph.addOutput(matrix(model.target(), 1));
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
            case SOFTMAX -> apply("Softmax");
            case STEP -> step(number);
        }
    }

    private void step(int number) {
        String zero = row("layer" + number + "/zero", List.of(0.0));
        apply(model.firesAtZero() ? "GreaterOrEqual" : "Greater", zero);
        String answer = next();
        graph.addNode(node("Cast", last)
                .addOutput(answer)
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("to")
                        .setType(OnnxMl.AttributeProto.AttributeType.INT)
                        .setI(OnnxMl.TensorProto.DataType.DOUBLE.getNumber())));
        last = answer;
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

    /** A name that is neither the target's nor the input's. */
    private String inner(String name) {
        return model.target() + "/" + name;
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
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam(ROWS);
        shape.addDimBuilder().setDimValue(columns);
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(OnnxMl.TensorProto.DataType.DOUBLE.getNumber())
                                .setShape(shape)))
                .build();
    }
}
