package dev.ablate.engine.model;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ablate.worker.exchange.LoggedNote;
import dev.ablate.worker.exchange.RunResult;
import dev.ablate.worker.exchange.RunSink;
import dev.ablate.worker.model.ModelFiles;
import dev.ablate.worker.model.TrainedModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Adds to each stored model of dense layers its graph, which other programs read.
 *
 * <p>The graph says nothing that the description does not say, so that a node which trains need not know how it is drawn.
 */
public final class ModelGraphs {

    /** Where a run has the graph of its model, in the ONNX format; of dense layers alone. */
    public static final String FILE = ModelFiles.FOLDER + "model.onnx";

    private static final String DESCRIPTION = ModelFiles.FOLDER + ModelFiles.DESCRIPTION;

    private ModelGraphs() {}

    /** A sink that adds the graph of the model that it is given. */
    public static RunSink adding(RunSink sink) {
        return new Adding(sink);
    }

    /** A result with the graph of its model. */
    public static RunResult added(RunResult result) {
        return result.with(added(result.files()));
    }

    /** The files of a run with the graph of its model, by path. */
    public static Map<String, byte[]> added(Map<String, byte[]> files) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        files.forEach((path, content) -> put(path, content, all::put));
        return all;
    }

    /**
     * One thing that a graph answers.
     *
     * @param name of the column
     * @param text whether it is what the data call a class; else it is a number
     */
    public record Output(String name, boolean text) {}

    /**
     * One thing that a graph takes.
     *
     * @param name of the column
     * @param example a number of it
     */
    public record Input(String name, double example) {}

    /**
     * What a graph takes, in order: the numbers of a row, or the columns that a model sees; older versions drew all with these.
     *
     * @param model of which it is drawn
     * @throws IllegalArgumentException if this is not a graph
     */
    public static List<Input> inputs(byte[] graph, TrainedModel model) {
        Optional<Imputation> imputation = parsed(graph).getMetadataPropsList().stream()
                        .anyMatch(known -> known.getKey().equals(OnnxGraph.ENCODING))
                ? Optional.empty()
                : Imputation.of(model);
        List<String> names = imputation.map(Imputation::inputs).orElse(model.features());
        List<Double> example = imputation.map(how -> how.row(model.example())).orElse(model.example());
        return IntStream.range(0, names.size())
                .mapToObj(k -> new Input(names.get(k), example.get(k)))
                .toList();
    }

    private static OnnxMl.ModelProto parsed(byte[] graph) {
        try {
            return OnnxMl.ModelProto.parseFrom(graph);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("this is not a graph of a model", e);
        }
    }

    /**
     * What a graph answers, in order; older versions stored some without labels.
     *
     * @throws IllegalArgumentException if this is not a graph
     */
    public static List<Output> outputs(byte[] graph) {
        return parsed(graph).getGraph().getOutputList().stream()
                .map(output -> new Output(
                        output.getName(),
                        output.getType().getTensorType().getElemType()
                                == OnnxMl.TensorProto.DataType.STRING.getNumber()))
                .toList();
    }

    private interface Files {
        void put(String path, byte[] content);
    }

    private static void put(String path, byte[] content, Files files) {
        files.put(path, content);
        if (path.equals(DESCRIPTION)) {
            TrainedModel model = ModelFiles.read(content);
            if (model.isDense()) {
                files.put(FILE, OnnxGraph.of(model));
            }
        }
    }

    private record Adding(RunSink sink) implements RunSink {

        @Override
        public void rows(int train, int test) {
            sink.rows(train, test);
        }

        @Override
        public void file(String path, byte[] content) {
            put(path, content, sink::file);
        }

        @Override
        public void logged(List<LoggedNote> notes, Map<String, byte[]> files) {
            sink.logged(notes, files);
        }

        @Override
        public Path checkpoint() {
            return sink.checkpoint();
        }

        @Override
        public void points(long step, Map<String, Double> values) {
            sink.points(step, values);
        }
    }
}
