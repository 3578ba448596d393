package dev.ablate.engine.kinds;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Parameters;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Answers the mean of the targets that it has met, one an update: it reports how many, keeps a file, and goes on from where it was. */
final class Averaging implements Trainer<AveragingOptions> {

    @Override
    public Model train(AveragingOptions options, Training training) {
        Path state = training.checkpoint().resolve("state");
        double[] met = read(state);
        int rows = training.examples().size();
        long update = (long) met[0];
        double sum = met[1];
        Answer now = new Answer(update == 0 ? 0 : sum / update);
        if (options.updates() > 0) {
            training.report(update, "rows_met", (double) Math.min(rows, update));
        }
        boolean on = training.after(update, options.updates(), now);
        while (on && update < options.updates()) {
            sum += training.examples().target((int) (update % rows));
            update++;
            now = new Answer(sum / update);
            write(state, update + " " + Double.doubleToRawLongBits(sum));
            training.report(update, "rows_met", (double) Math.min(rows, update));
            on = training.after(update, options.updates(), now);
        }
        Path notes = training.checkpoint().resolve("notes.txt");
        write(notes, "met " + update + " targets\n");
        training.keep(notes);
        return now;
    }

    @Override
    public Model restore(AveragingOptions options, Schema schema, InputStream in) throws IOException {
        Double answer = Parameters.read(in).get("mean");
        if (answer == null) {
            throw new IllegalArgumentException("the one parameter is mean");
        }
        return new Answer(answer);
    }

    private static double[] read(Path state) {
        if (!Files.exists(state)) {
            return new double[] {0, 0};
        }
        try {
            List<String> words = List.of(Files.readString(state).split(" ", -1));
            return new double[] {Long.parseLong(words.get(0)), Double.longBitsToDouble(Long.parseLong(words.get(1)))};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Always the same. */
    record Answer(double mean) implements Model {

        @Override
        public void predict(Matrix rows, double[] answers) {
            Arrays.fill(answers, mean);
        }

        @Override
        public Map<String, Double> parameters() {
            return Map.of("mean", mean);
        }

        @Override
        public void write(OutputStream out) throws IOException {
            Parameters.write(parameters(), out);
        }
    }
}
