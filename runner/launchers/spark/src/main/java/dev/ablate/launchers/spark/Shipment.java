package dev.ablate.launchers.spark;

import dev.ablate.launchers.spark.JobFile.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Gives executors what they need of this machine's files, each once for all tasks. */
final class Shipment {

    private static final int PIECE = 1 << 22;

    private final JavaSparkContext spark;
    private final JobFile job;

    /** By where they lie in the exchange's folder. */
    private final Map<String, Shipped> shipped = new HashMap<>();

    private @Nullable TrainingCode code;

    Shipment(JavaSparkContext spark, JobFile job) {
        this.spark = spark;
        this.job = job;
    }

    /** What trains, which is sent once. */
    TrainingCode code() throws IOException {
        TrainingCode there = code;
        if (there == null) {
            there = new TrainingCode(
                    spark.sc().applicationId(),
                    job.exchange(),
                    job.className(),
                    job.method(),
                    ship(job.classPath(), "/"),
                    // a plugin is looked for in a folder, and no deeper
                    ship(job.plugins(), "-"));
            code = there;
        }
        return there;
    }

    /** A number before each keeps names that are equal from meeting; what is not there is no part of a class path. */
    private List<Shipped> ship(List<String> files, String after) throws IOException {
        List<Shipped> all = new ArrayList<>();
        for (int k = 0; k < files.size(); k++) {
            Path file = Path.of(files.get(k));
            if (Files.exists(file)) {
                all.add(ship(file, k + after + file.getFileName()));
            }
        }
        return all;
    }

    /** A task: its own file goes with it, the others are there for all. */
    SentTask task(Task task) throws IOException {
        List<Shipped> others = new ArrayList<>();
        for (String file : task.files().subList(1, task.files().size())) {
            Shipped other = shipped.get(file);
            if (other == null) {
                other = ship(job.file(file), file);
                shipped.put(file, other);
            }
            others.add(other);
        }
        String content = Files.readString(job.file(task.file()), StandardCharsets.ISO_8859_1);
        return new SentTask(task.file(), content, task.result(), others);
    }

    private Shipped ship(Path file, String place) throws IOException {
        List<Broadcast<byte[]>> pieces = new ArrayList<>();
        try (OutputStream out = new Cut(pieces)) {
            Bundle.write(file, out);
        }
        return new Shipped(place, pieces);
    }

    /** Cuts what is written into pieces. */
    private final class Cut extends OutputStream {

        private final List<Broadcast<byte[]>> pieces;
        private final ByteArrayOutputStream open = new ByteArrayOutputStream();

        Cut(List<Broadcast<byte[]>> pieces) {
            this.pieces = pieces;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            open.write(bytes, from, length);
            if (open.size() >= PIECE) {
                close();
            }
        }

        @Override
        public void close() {
            if (open.size() > 0) {
                pieces.add(spark.broadcast(open.toByteArray()));
                open.reset();
            }
        }
    }
}
