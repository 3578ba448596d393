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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A trained model as an ONNX graph in double precision, which takes and gives raw units.
 *
 * <p>Of features that are all numbers a missing value is NaN, and is filled in. Of a model that learned from categories it takes the
 * prepared columns, before they are scaled: missing values are filled in, and categories are numbers. Its metadata name the columns of
 * either, and say in JSON how a row of raw values becomes one of the latter.
 *
 * <p>Its input is a matrix of rows {@code [rows, features]}. Its output by the target's name is {@code [rows, 1]}: a number, or of two
 * classes what the decision is made by. Of classes {@code TARGET/label} is what the data call the one that is answered, {@code [rows]}; of
 * three and more each has its number, {@code [rows, 1]}, as {@code TARGET/CLASS}, instead of one by the target's name.
 */
final class OnnxGraph {

    // of 2021: every ONNX runtime of the last years knows them, and they have all that is needed here in double
    private static final int FORMAT = 7;
    private static final int OPERATORS = 13;

    /** What the metadata call how a row becomes prepared columns. */
    static final String ENCODING = "encoding";

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
        Optional<Imputation> imputation = Imputation.of(model);
        graph.addInput(OnnxParts.matrix(
                last, imputation.map(how -> how.inputs().size()).orElse(width)));
        imputation.ifPresent(how -> how.addTo(this));
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
            graph.addNode(OnnxParts.node("Identity", last).addOutput(model.target()));
            graph.addOutput(OnnxParts.matrix(model.target(), 1));
        }
        if (!model.classes().isEmpty()) {
            label();
        }
        for (int k = 0; k < model.classes().size() && model.outputs() > 1; k++) {
            String name = model.target() + "/" + model.classes().get(k);
            graph.addNode(OnnxParts.node("Gather", last)
                    .addInput(index("class" + k, k))
                    .addAttribute(OnnxParts.attribute("axis", 1))
                    .addOutput(name));
            graph.addOutput(OnnxParts.matrix(name, 1));
        }
        OnnxMl.ModelProto.Builder file = OnnxMl.ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("ablate")
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
                .setGraph(graph);
        if (imputation.isPresent()) {
            file.addMetadataProps(OnnxParts.metadata(
                    "columns", String.join(", ", imputation.get().inputs())));
        } else {
            ModelFiles.encoding(model).ifPresent(encoding -> {
                file.addMetadataProps(OnnxParts.metadata("columns", String.join(", ", model.features())));
                file.addMetadataProps(OnnxParts.metadata(ENCODING, encoding));
            });
        }
        return file.build().toByteArray();
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
            case SOFTMAX -> apply(OnnxParts.attribute("axis", 1), "Softmax");
            case STEP -> step(number);
        }
    }

    private void step(int number) {
        String zero = row("layer" + number + "/zero", List.of(0.0));
        apply(model.firesAtZero() ? "GreaterOrEqual" : "Greater", zero);
        apply(OnnxParts.attribute("to", OnnxMl.TensorProto.DataType.DOUBLE.getNumber()), "Cast");
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
            apply(OnnxParts.attribute("to", OnnxMl.TensorProto.DataType.INT64.getNumber()), "Cast");
            apply("Reshape", index("row", -1));
        } else {
            OnnxMl.NodeProto.Builder greatest = OnnxParts.node("ArgMax", last)
                    .addAttribute(OnnxParts.attribute("axis", 1))
                    .addAttribute(OnnxParts.attribute("keepdims", 0));
            last = next();
            graph.addNode(greatest.addOutput(last));
        }
        OnnxMl.TensorProto.Builder names = OnnxMl.TensorProto.newBuilder()
                .setName(inner("labels"))
                .setDataType(OnnxMl.TensorProto.DataType.STRING.getNumber())
                .addDims(model.classes().size());
        model.classes().forEach(name -> names.addStringData(ByteString.copyFromUtf8(name)));
        graph.addInitializer(names);
        graph.addNode(OnnxParts.node("Gather", inner("labels")).addInput(last).addOutput(label(model)));
        graph.addOutput(OnnxParts.value(label(model), OnnxMl.TensorProto.DataType.STRING, OptionalInt.empty()));
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
        OnnxMl.NodeProto.Builder node = OnnxParts.node(operation, last).addAttribute(attribute);
        last = next();
        graph.addNode(node.addOutput(last));
    }

    /** The name of the value that the next operation takes. */
    String last() {
        return last;
    }

    /** Takes columns of the last value by their indices. */
    void gather(List<Integer> columns) {
        OnnxMl.TensorProto.Builder indices = OnnxMl.TensorProto.newBuilder()
                .setName(inner("columns"))
                .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
                .addDims(columns.size());
        columns.forEach(indices::addInt64Data);
        graph.addInitializer(indices);
        OnnxMl.NodeProto.Builder node =
                OnnxParts.node("Gather", last).addInput(inner("columns")).addAttribute(OnnxParts.attribute("axis", 1));
        last = next();
        graph.addNode(node.addOutput(last));
    }

    /** Takes one value where a condition holds, and another elsewhere. */
    void where(String condition, String one, String other) {
        last = condition;
        apply("Where", one, other);
    }

    /** A row of conditions. */
    String flags(String name, List<Boolean> flags) {
        OnnxMl.TensorProto.Builder row = OnnxMl.TensorProto.newBuilder()
                .setName(inner(name))
                .setDataType(OnnxMl.TensorProto.DataType.BOOL.getNumber())
                .addDims(1)
                .addDims(flags.size());
        flags.forEach(flag -> row.addInt32Data(flag ? 1 : 0));
        graph.addInitializer(row);
        return inner(name);
    }

    /** Puts the last value, and others, through an operation. */
    void apply(String operation, String... others) {
        OnnxMl.NodeProto.Builder node = OnnxParts.node(operation, last).addAllInput(List.of(others));
        last = next();
        graph.addNode(node.addOutput(last));
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

    /** A row of numbers. */
    String row(String name, List<Double> values) {
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
}
