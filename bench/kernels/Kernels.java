import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.dense.DescentOptions;
import dev.ablate.core.dense.LayerOptions;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Activation;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Batches;
import dev.ablate.core.training.Decision;
import dev.ablate.core.training.Initial;
import dev.ablate.core.training.InitialLayer;
import dev.ablate.core.training.Loss;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Order;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.note.RunNotes;
import dev.ablate.core.training.Training;
import dev.ablate.trainers.kernel.BatchGradient;
import dev.ablate.trainers.kernel.Formula;
import dev.ablate.trainers.mlp.MlpOptions;
import dev.ablate.trainers.mlp.MlpPlugin;
import dev.ablate.trainers.perceptron.Gradient;
import dev.ablate.trainers.perceptron.PerceptronOptions;
import dev.ablate.trainers.perceptron.PerceptronPlugin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Times the trainers written by hand in turn with peers that do the same work, as the speed of a machine changes from minute to minute: what
 * counts is the ratio of a round. Before anything is timed, both must have learned the same numbers.
 *
 * <p>A loop that the compiler does not turn into vector instructions any more shows in {@code cache}: beside a plain loop, which never
 * was, it then loses most of its ratio.
 */
final class Kernels {

    private static final String READ = "reading four columns at once";
    private static final boolean TINY = "tiny".equals(System.getenv("SIZE"));
    private static final int ROUNDS = setting("REPEATS", TINY ? 1 : 15);
    private static final int THREADS = setting("THREADS", 2);

    // as many as the peers have
    private static final int ROWS = TINY ? 2_048 : 1_000_000;
    private static final int FEW_ROWS = TINY ? 640 : 32_000;
    private static final int EPOCHS = TINY ? 100 : 10_000;

    /** What a line measures, and how much faster than the peer it is to be; 0 where nothing is said. */
    private record Line(String work, double goal) {}

    private static final Map<String, Line> LINES = lines();

    private static Map<String, Line> lines() {
        Map<String, Line> lines = new LinkedHashMap<>();
        lines.put("full20", new Line("full-batch epoch, 1,000,000 x 20, sigmoid", 2.5));
        lines.put("full100", new Line("full-batch epoch, 1,000,000 x 100, sigmoid", 1.5));
        lines.put("or-gate", new Line("OR gate, 10,000 epochs", 150));
        lines.put("tutorial", new Line("OR gate, 10,000 epochs, as published", 0));
        lines.put("online", new Line("online epoch, 1,000,000 x 20, as given", 2));
        lines.put("shuffled", new Line("online epoch, 1,000,000 x 20, shuffled", 1.4));
        lines.put("layers", new Line("mlp 20-64-1, batches of 32, 32,000 rows", 4));
        lines.put("predict", new Line("answers, 1,000,000 x 20", 0));
        lines.put("cache", new Line("full-batch epoch, 512 x 20, 2,000 times, one thread", 0));
        return lines;
    }

    /** The speed of memory that a full-batch epoch is to reach. */
    private static final Map<String, Double> OTHER_GOALS = Map.of(READ, 0.65);

    private static int setting(String name, int otherwise) {
        String given = System.getenv().getOrDefault(name, "");
        return given.isEmpty() ? otherwise : Integer.parseInt(given);
    }

    /** What is timed: a turn gives seconds. */
    private interface Turn {
        double seconds() throws Exception;
    }

    /** One line of the table, or more: what learns, what it must have learned, and what it is timed beside. */
    private record Case(Supplier<double[]> check, Map<String, Turn> turns) {}

    public static void main(String[] arguments) throws Exception {
        List<String> names = arguments.length == 0 ? List.copyOf(LINES.keySet()) : List.of(arguments);
        StringBuilder table = new StringBuilder(
                "| work | Ablate | peer | peer/Ablate [min..max] | goal | met |\n|---|---:|---:|---:|---:|---|\n");
        try (Peers peers = new Peers(System.getProperty("peers.python"))) {
            for (String name : names) {
                System.err.println("  " + name);
                measure(name, ours(name), peers, table);
            }
        }
        String file = System.getenv().getOrDefault("TABLE", "");
        if (file.isEmpty()) {
            System.out.print(table);
        } else {
            Files.writeString(Path.of(file), table);
        }
    }

    private static Case ours(String name) {
        return switch (name) {
            case "full20" -> full(20);
            case "full100" -> full(100);
            case "or-gate" -> orGate(Gradient.EXACT);
            case "tutorial" -> orGate(Gradient.AS_PUBLISHED);
            case "online" -> online(Order.AS_GIVEN);
            case "shuffled" -> online(Order.SHUFFLED);
            case "layers" -> layers();
            case "predict" -> predict();
            case "cache" -> cache();
            default -> throw new IllegalArgumentException("no line " + name + "; there are " + LINES.keySet());
        };
    }

    // --- the cases -----------------------------------------------------------------------------------------------------

    private static final Formula SIGMOID = new Formula.Exact(Activation.SIGMOID, Loss.MSE);

    /** Epochs of a sigmoid neuron on all rows. */
    private static final class Full {

        private final Batches batches;
        private final BatchGradient gradient;
        private final double[] sums;
        private final double[] weights;
        private double bias;

        Full(Examples examples, int threads) {
            batches = new Batches(new Batch.All(), Order.AS_GIVEN, new Silent(examples));
            gradient = BatchGradient.of(SIGMOID, examples, new Batch.All(), Order.AS_GIVEN, threads);
            weights = new double[examples.width()];
            sums = new double[weights.length + 1];
        }

        void epoch() {
            batches.next();
            gradient.of(batches, weights, bias, sums, BatchGradient.Reader.NOBODY);
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= 0.5 * sums[i];
            }
            bias -= 0.5 * sums[weights.length];
        }

        double[] numbers() {
            return DoubleStream.concat(DoubleStream.of(weights), DoubleStream.of(bias)).toArray();
        }
    }

    private static Case full(int columns) {
        Examples examples = examples(ROWS, columns);
        Full full = new Full(examples, THREADS);
        Map<String, Turn> turns = new LinkedHashMap<>();
        turns.put("ours", timed(full::epoch));
        Stream stream = new Stream(examples.rows());
        turns.put(READ, timed(stream::read));
        return new Case(
                () -> {
                    for (int epoch = 0; epoch < 3; epoch++) {
                        full.epoch();
                    }
                    return full.numbers();
                },
                turns);
    }

    /** Reads tiles as the kernel does, four columns at a time, and adds them up: what memory gives at most. */
    private static final class Stream {

        private final double[][][] tiles;
        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });

        Stream(Matrix rows) {
            tiles = new double[(rows.size() - 1) / 512 + 1][rows.width()][];
            for (int tile = 0; tile < tiles.length; tile++) {
                for (int column = 0; column < rows.width(); column++) {
                    tiles[tile][column] = new double[Math.min(512, rows.size() - tile * 512)];
                    rows.copyColumn(column, tile * 512, tiles[tile][column]);
                }
            }
        }

        void read() {
            List<Callable<double[]>> parts = new ArrayList<>();
            for (int part = 0; part < THREADS; part++) {
                int from = tiles.length * part / THREADS;
                int to = tiles.length * (part + 1) / THREADS;
                parts.add(() -> {
                    double[] sums = new double[512];
                    for (int tile = from; tile < to; tile++) {
                        for (int column = 0; column + 4 <= tiles[tile].length; column += 4) {
                            add(sums, tiles[tile][column], tiles[tile][column + 1], tiles[tile][column + 2], tiles[tile][column + 3]);
                        }
                    }
                    return sums;
                });
            }
            try {
                for (var sum : threads.invokeAll(parts)) {
                    sink = sum.get()[7];
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static void add(double[] sums, double[] a, double[] b, double[] c, double[] d) {
            for (int i = 0; i < a.length; i++) {
                sums[i] += (a[i] + b[i]) + (c[i] + d[i]);
            }
        }
    }

    private static volatile double sink;

    private static Case orGate(Gradient gradient) {
        Examples gate = Examples.of(List.of("x1", "x2"), new double[] {0, 0, 0, 1, 1, 0, 1, 1}, new double[] {0, 1, 1, 1});
        PerceptronOptions options = neuron(
                Activation.SIGMOID, Loss.HALF_SSE, 0.05, EPOCHS, new Batch.All(), Order.AS_GIVEN, List.of(0.1, 0.2), 0.3, gradient);
        return trained("perceptron", options, gate);
    }

    private static Case online(Order order) {
        Examples examples = examples(ROWS, 20);
        List<Double> zeros = IntStream.range(0, 20).mapToObj(i -> 0.0).toList();
        Batch one = new Batch.Rows(1);
        PerceptronOptions sum = neuron(Activation.IDENTITY, Loss.HALF_SSE, 0.01, 1, one, Order.AS_GIVEN, zeros, 0, Gradient.EXACT);
        PerceptronOptions sigmoid = neuron(Activation.SIGMOID, Loss.MSE, 0.01, 1, one, order, zeros, 0, Gradient.EXACT);
        return new Case(
                trained("perceptron", sum, examples).check, trained("perceptron", sigmoid, examples).turns);
    }

    private static PerceptronOptions neuron(
            Activation activation, Loss loss, double rate, long epochs, Batch batch, Order order, List<Double> weights, double bias, Gradient gradient) {
        return new PerceptronOptions(
                activation,
                Optional.of(loss),
                Optional.of(gradient),
                rate,
                Optional.of(epochs),
                Optional.empty(),
                Optional.of(batch),
                order,
                true,
                new Initial.Given(weights),
                Optional.of(bias));
    }

    private static Case layers() {
        double[] first = numbers(20 * 64, 11);
        double[] last = numbers(64, 12_000);
        InitialLayer hidden = new InitialLayer(
                IntStream.range(0, 20)
                        .mapToObj(i -> IntStream.range(0, 64).mapToObj(k -> first[i * 64 + k]).toList())
                        .toList(),
                Optional.empty());
        InitialLayer output =
                new InitialLayer(IntStream.range(0, 64).mapToObj(i -> List.of(last[i])).toList(), Optional.empty());
        MlpOptions options = new MlpOptions(
                // the peer's loss is half as large, and its rate twice
                new DescentOptions(Activation.IDENTITY, Loss.MSE, 0.01, Optional.of(1L), Optional.empty(), new Batch.Rows(32)),
                Order.AS_GIVEN,
                new LayerOptions(
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(64),
                        Optional.of(Activation.SIGMOID),
                        0,
                        Optional.of(List.of(hidden, output))));
        Case all = trained("mlp", options, examples(FEW_ROWS, 20));
        return new Case(() -> withoutBiases(all.check.get()), all.turns);
    }

    private static double[] withoutBiases(double[] numbers) {
        return DoubleStream.concat(Arrays.stream(numbers, 0, 1280), Arrays.stream(numbers, 1344, 1408)).toArray();
    }

    private static Case predict() {
        Examples examples = examples(ROWS, 20);
        PerceptronOptions options = neuron(
                Activation.SIGMOID,
                Loss.MSE,
                1,
                0,
                new Batch.All(),
                Order.AS_GIVEN,
                DoubleStream.of(numbers(20, 7)).boxed().toList(),
                0.25,
                Gradient.EXACT);
        Model model = trainer("perceptron").train(options, new Silent(examples));
        double[] answers = new double[ROWS];
        Runnable turn = () -> model.predict(examples.rows(), answers);
        return new Case(
                () -> {
                    turn.run();
                    return Arrays.copyOf(answers, 100);
                },
                new LinkedHashMap<>(Map.of("ours", timed(turn))));
    }

    /** A tile that stays in the cache, 2,000 times; the plain loop beside it is that of a textbook. */
    private static Case cache() {
        Examples examples = examples(512, 20);
        Full full = new Full(examples, 1);
        Plain plain = new Plain(examples);
        Map<String, Turn> turns = new LinkedHashMap<>();
        turns.put("ours", timed(() -> {
            for (int k = 0; k < 2_000; k++) {
                full.epoch();
            }
        }));
        turns.put("a plain loop", timed(() -> {
            for (int k = 0; k < 2_000; k++) {
                plain.epoch();
            }
        }));
        return new Case(() -> new double[0], turns);
    }

    private static final class Plain {

        private final double[] rows;
        private final double[] targets;
        private final double[] weights;
        private final double[] sums;
        private double bias;

        Plain(Examples examples) {
            rows = examples.rows().toArray();
            targets = examples.targets();
            weights = new double[examples.width()];
            sums = new double[examples.width()];
        }

        void epoch() {
            Arrays.fill(sums, 0);
            double biasSum = 0;
            for (int row = 0; row < targets.length; row++) {
                double z = bias;
                for (int i = 0; i < weights.length; i++) {
                    z += weights[i] * rows[row * weights.length + i];
                }
                double answer = 1 / (1 + Math.exp(-z));
                double slope = 2.0 / targets.length * (answer - targets[row]) * (answer * (1 - answer));
                for (int i = 0; i < weights.length; i++) {
                    sums[i] += slope * rows[row * weights.length + i];
                }
                biasSum += slope;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= 0.5 * sums[i];
            }
            bias -= 0.5 * biasSum;
        }
    }

    private static Case trained(String trainer, Record options, Examples examples) {
        Runnable turn = () -> trainer(trainer).train(options, new Silent(examples));
        return new Case(
                () -> trainer(trainer).train(options, new Silent(examples)).parameters().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray(),
                new LinkedHashMap<>(Map.of("ours", timed(turn))));
    }

    // --- measuring -----------------------------------------------------------------------------------------------------

    /**
     * The least time of half a second, and of three runs at least: threads that have slept are not spread over the processors at once, and
     * those of NumPy's library go on for some 30 ms after their work, waiting for more.
     */
    private static double turn(Turn turn) throws Exception {
        double least = Double.POSITIVE_INFINITY;
        long end = System.nanoTime() + (TINY ? 0 : 500_000_000);
        for (int run = 0; run < 3 || System.nanoTime() < end; run++) {
            least = Math.min(least, turn.seconds());
        }
        return least;
    }

    private static void measure(String name, Case ours, Peers peers, StringBuilder table) throws Exception {
        Map<String, Turn> turns = ours.turns;
        if (peers.know(name)) {
            requireEqual(name, ours.check.get(), peers.check(name));
            turns.put(name.matches("online|shuffled|layers") ? "scikit-learn" : "NumPy", () -> peers.seconds(name));
        }
        Map<String, double[]> seconds = new LinkedHashMap<>();
        turns.keySet().forEach(what -> seconds.put(what, new double[ROUNDS]));
        for (int round = TINY ? 0 : -2; round < ROUNDS; round++) {
            for (Map.Entry<String, Turn> turn : turns.entrySet()) {
                double least = turn(turn.getValue());
                if (round >= 0) {
                    seconds.get(turn.getKey())[round] = least;
                }
            }
        }
        double[] own = seconds.remove("ours");
        Line line = LINES.get(name);
        if (!peers.know(name) && seconds.isEmpty()) {
            row(table, line.work, millis(own), "", "", line.goal, 0);
        }
        seconds.forEach((what, taken) -> {
            double[] ratios = IntStream.range(0, ROUNDS).mapToDouble(round -> taken[round] / own[round]).toArray();
            boolean peer = peers.know(name) && what.equals(List.copyOf(seconds.keySet()).get(seconds.size() - 1));
            double goal = peer ? line.goal : OTHER_GOALS.getOrDefault(what, 0.0);
            row(table, line.work, millis(own), what + " " + millis(taken), spread(ratios), goal, median(ratios));
        });
    }

    private static void row(
            StringBuilder table, String work, String own, String peer, String ratios, double goal, double reached) {
        table.append("| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        work,
                        own,
                        peer,
                        ratios,
                        goal > 0 ? "ratio " + number(goal) : "",
                        goal == 0 || reached == 0 ? "" : reached >= goal ? "yes" : "no"));
    }

    private static String millis(double[] seconds) {
        return number(1e3 * median(seconds)) + " ms";
    }

    private static String number(double value) {
        return value >= 100 ? "%.0f".formatted(value) : "%.3g".formatted(value).replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "");
    }

    private static String spread(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return number(median(sorted))
                + (sorted.length == 1 ? "" : " [" + number(sorted[0]) + ".." + number(sorted[sorted.length - 1]) + "]");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Turn timed(Runnable turn) {
        return () -> {
            long begin = System.nanoTime();
            turn.run();
            return (System.nanoTime() - begin) / 1e9;
        };
    }

    private static void requireEqual(String name, double[] ours, double[] theirs) {
        for (int i = 0; i < Math.max(ours.length, theirs.length); i++) {
            if (!(Math.abs(ours[i] - theirs[i]) <= 1e-9 * Math.max(1, Math.abs(theirs[i])))) {
                throw new IllegalStateException(name + " is other work: number " + i + " is " + ours[i] + ", and " + theirs[i]);
            }
        }
    }

    /** The process of {@code peers.py}. */
    private static final class Peers implements AutoCloseable {

        private static final List<String> CASES = List.of("full20", "full100", "or-gate", "tutorial", "online", "shuffled", "layers", "predict");

        private final Optional<Process> process;
        private final PrintStream asked;
        private final BufferedReader answered;

        /** Without a Python there are none. */
        Peers(String python) throws IOException {
            process = python.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ProcessBuilder(python, System.getProperty("peers.program"))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
            asked = new PrintStream(
                    process.map(Process::getOutputStream).orElse(OutputStream.nullOutputStream()), true);
            answered = process.map(Process::inputReader).orElse(new BufferedReader(Reader.nullReader()));
        }

        boolean know(String name) {
            return process.isPresent() && CASES.contains(name);
        }

        double[] check(String name) throws IOException {
            return ask(name + " check");
        }

        double seconds(String name) throws IOException {
            return ask(name + " time")[0];
        }

        private double[] ask(String line) throws IOException {
            asked.println(line);
            String answer = answered.readLine();
            if (answer == null) {
                throw new IOException("the peer of " + line + " has ended");
            }
            return Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
        }

        @Override
        public void close() {
            process.ifPresent(Process::destroy);
        }
    }

    // --- data ----------------------------------------------------------------------------------------------------------

    /** As {@code numbers} of the peer. */
    private static double[] numbers(int count, long first) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            long z = (first + 1 + i) * 0x9E3779B97F4A7C15L;
            z ^= z >>> 30;
            z *= 0xBF58476D1CE4E5B9L;
            z ^= z >>> 27;
            z *= 0x94D049BB133111EBL;
            z ^= z >>> 31;
            numbers[i] = (z >>> 11) * 0x1p-52 - 1;
        }
        return numbers;
    }

    private static Examples examples(int rows, int columns) {
        double[] targets = DoubleStream.of(numbers(rows, (long) rows * columns)).map(x -> x > 0 ? 1 : 0).toArray();
        return Examples.of(
                IntStream.range(0, columns).mapToObj(k -> "x" + k).toList(),
                Matrix.wrap(columns, numbers(rows * columns, 0)),
                targets);
    }

    private static final Map<String, Trainer<?>> TRAINERS = new LinkedHashMap<>();

    // safe: each case gives its trainer the options of its trainer
    @SuppressWarnings("unchecked")
    private static Trainer<Record> trainer(String name) {
        if (TRAINERS.isEmpty()) {
            for (PluginModule plugin : List.of(new PerceptronPlugin(), new MlpPlugin())) {
                TRAINERS.putAll(
                        Guice.createInjector(plugin).getInstance(Key.get(new TypeLiteral<Map<String, Trainer<?>>>() {})));
            }
        }
        return (Trainer<Record>) TRAINERS.get(name);
    }

    /** A training of which nothing is recorded. */
    private record Silent(Examples examples) implements Training {

        @Override
        public boolean after(long update, long total, Model now) {
            return true;
        }

        @Override
        public RandomGenerator random(String stream) {
            return new SplittableRandom(1);
        }

        @Override
        public Decision decision() {
            return Decision.DEFAULT;
        }

        @Override
        public Optional<Examples> validation() {
            return Optional.empty();
        }

        @Override
        public Optional<Matrix> testRows() {
            return Optional.empty();
        }

        @Override
        public void answers(long step, double... answers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String variant() {
            return "";
        }

        @Override
        public int slot() {
            return 0;
        }

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public Schema schema() {
            return Dataset.regression(examples, "y", Map.of(), "").schema();
        }

        @Override
        public int threads() {
            return THREADS;
        }

        @Override
        public long seed() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void report(long step, String name, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keep(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RunNotes notes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path checkpoint() {
            throw new UnsupportedOperationException();
        }
    }
}
