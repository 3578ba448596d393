package dev.ablate.engine.model;

import ai.onnx.proto.OnnxMl;
import java.util.OptionalInt;

/** What a graph is written of, in the words of the ONNX format. */
final class OnnxParts {

    private static final String ROWS = "rows";

    private OnnxParts() {}

    /** A text that a file has beside its graph. */
    static OnnxMl.StringStringEntryProto metadata(String key, String value) {
        return OnnxMl.StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }

    /** A whole number that an operation has. */
    static OnnxMl.AttributeProto.Builder attribute(String name, int value) {
        return OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value);
    }

    /** A matrix of numbers, a row each. */
    static OnnxMl.ValueInfoProto matrix(String name, int columns) {
        return value(name, OnnxMl.TensorProto.DataType.DOUBLE, OptionalInt.of(columns));
    }

    /** A matrix, or a list where there are no columns. */
    static OnnxMl.ValueInfoProto value(String name, OnnxMl.TensorProto.DataType type, OptionalInt columns) {
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

    /** An operation on a value. */
    static OnnxMl.NodeProto.Builder node(String operation, String input) {
        return OnnxMl.NodeProto.newBuilder().setOpType(operation).addInput(input);
    }
}
