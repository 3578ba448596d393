package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Numbering;
import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.PairList;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.plan.PairNoun;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.table.FileProblems;
import dev.ablate.engine.table.TableText;
import dev.ablate.reader.csv.RowText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One row that is read; what is wrong with it is reported, and makes the row no run. */
final class ResultsRow {

    static final String VARIANT = "variant";
    static final String PAIR = "pair";
    static final String SEED = "seed";
    static final String FOLD = "fold";
    static final String WEIGHTS = "weights/";
    static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(inity)?");
    private static final Set<String> MISSING = Set.of("", "nan", "na", "n/a", "null", "none");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}(\\.0*)?");

    private final Layout layout;
    private final TableText text;
    private final List<String> columns;
    private final Keys keys;
    private final RowText row;
    private final FileProblems problems;
    private boolean sound = true;

    /**
     * A row below the header.
     *
     * @param layout what all rows of the file share
     * @param problems where to report what is wrong
     */
    ResultsRow(Layout layout, RowText row, FileProblems problems) {
        this.layout = layout;
        this.text = layout.text();
        this.columns = layout.columns();
        this.keys = layout.keys();
        this.row = row;
        this.problems = problems;
    }

    /**
     * What all rows of a file share; found once, as there may be thousands of rows.
     *
     * @param text the file
     * @param columns the names in the header
     * @param places where each of them is, from 0
     * @param keys which of them say variant and pair
     * @param status the column that says what became of a run
     * @param weights the columns of learned numbers
     * @param pairs those that were read, so that runs of one pair share it
     */
    record Layout(
            TableText text,
            List<String> columns,
            Map<String, Integer> places,
            Keys keys,
            Optional<String> status,
            List<String> weights,
            Numbering<Pair> pairs) {

        static Layout of(TableText text, List<String> columns, Keys keys) {
            Map<String, Integer> places = new HashMap<>();
            columns.forEach(column -> places.put(column, places.size()));
            return new Layout(
                    text,
                    columns,
                    places,
                    keys,
                    StatusWords.column(columns),
                    columns.stream()
                            .filter(column -> column.startsWith(WEIGHTS))
                            .toList(),
                    PairList.numbering());
        }

        private Pair shared(Pair pair) {
            return pairs.get(pairs.add(pair));
        }
    }

    Optional<Observation> run(List<String> metrics, List<String> cellColumns) {
        Optional<Problem> misshapen = text.misshapen(row);
        if (misshapen.isPresent()) {
            problems.add(misshapen::get);
            return Optional.empty();
        }
        String variant = field(keys.variant());
        if (variant.isEmpty()) {
            wrong(
                    columns.indexOf(keys.variant()),
                    keys.variant().equals(VARIANT) ? "the variant's name is missing" : keys.variant() + " is missing");
        }
        Pair pair = layout.shared(pair());
        RunStatus status = status();
        Map<String, String> cell = mapped(cellColumns, this::field);
        Map<String, Double> values = mapped(metrics, this::number);
        Map<String, Double> weights = layout.weights().isEmpty() ? Map.of() : weights();
        return sound
                ? Optional.of(new Observation(
                        variant,
                        cell,
                        pair,
                        Optional.empty(),
                        status,
                        Optional.empty(),
                        deterministic(),
                        whole("updates"),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        values,
                        weights))
                : Optional.empty();
    }

    /** By column; of one alone, as of most files of many rows, without a table of its own. */
    private static <T> Map<String, T> mapped(List<String> columns, Function<String, T> value) {
        if (columns.size() == 1) {
            return Map.of(columns.get(0), value.apply(columns.get(0)));
        }
        Map<String, T> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, value.apply(column)));
        return values;
    }

    private Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String column : layout.weights()) {
            if (!field(column).isEmpty()) {
                weights.put(column.substring(WEIGHTS.length()), number(column));
            }
        }
        return weights;
    }

    private String field(String column) {
        Integer place = layout.places().get(column);
        return place == null ? "" : text.value(row, place);
    }

    /**
     * The columns that say what a run is of.
     *
     * @param variant the column of the variant
     * @param pair the column of the pair; empty where there is one value of each variant
     * @param noun what a pair is called; empty where its text says it
     * @param cluster the column of the cluster that a pair belongs to; empty: each stands for itself
     */
    record Keys(String variant, String pair, String noun, Optional<String> cluster) {

        /** @param single whether one value of each variant is enough, so that no column need say which are a pair */
        static Keys of(Roles roles, List<String> columns, boolean single) {
            String seed = single && !columns.contains(SEED) ? "" : SEED;
            return new Keys(
                    roles.variant().orElse(VARIANT),
                    roles.pair().orElse(columns.contains(PAIR) ? PAIR : seed),
                    roles.pair().map(PairNoun::of).orElse(""),
                    roles.cluster());
        }

        boolean are(String column) {
            return column.equals(variant)
                    || column.equals(pair)
                    || cluster.filter(column::equals).isPresent();
        }

        /** Whether seeds are whole numbers, and may have folds. */
        private boolean areSeeds() {
            return pair.equals(SEED);
        }
    }

    private Pair pair() {
        String column = keys.pair();
        if (column.isEmpty()) {
            return Pair.of(1);
        }
        if (field(column).isEmpty()) {
            wrong(columns.indexOf(column), "the " + column + " is missing");
            return Pair.of(0);
        }
        if (!keys.areSeeds()) {
            return Pair.named(field(column), keys.noun());
        }
        long seed = whole(column).orElse(0);
        OptionalLong fold = whole(FOLD);
        if (fold.isEmpty()) {
            return Pair.of(seed);
        }
        // many programs count folds from 0, which is a pair as good as any
        return new Pair(Pair.of(seed).text() + "/fold=" + fold.getAsLong());
    }

    /** The cluster that its pair belongs to. */
    String cluster(String column) {
        String name = field(column);
        if (name.isEmpty()) {
            wrong(columns.indexOf(column), column + " is missing");
        }
        return name;
    }

    private RunStatus status() {
        Optional<String> column = layout.status();
        if (column.isEmpty()) {
            return RunStatus.FINISHED;
        }
        Optional<RunStatus> status = StatusWords.read(field(column.get()));
        if (status.isEmpty() && column.get().equalsIgnoreCase("state")) {
            // of the country, for one
            return RunStatus.FINISHED;
        }
        if (status.isEmpty()) {
            wrong(
                    columns.indexOf(column.get()),
                    column.get() + " " + Problem.quoted(field(column.get()))
                            + " is not known: write finished, failed, killed (stopped from outside) or running");
        }
        return status.orElse(RunStatus.FAILED);
    }

    private boolean deterministic() {
        return field("deterministic").equalsIgnoreCase("true");
    }

    private OptionalLong whole(String column) {
        String written = field(column);
        if (written.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!WHOLE.matcher(written).matches()) {
            wrong(columns.indexOf(column), column + " must be a whole number, got " + Problem.quoted(written));
            return OptionalLong.empty();
        }
        int point = written.indexOf('.');
        return OptionalLong.of(Long.parseLong(point < 0 ? written : written.substring(0, point)));
    }

    /** Whether a word stands for a missing value: one of the file's, or one that programs write. */
    static boolean isMissing(String word, TableText text) {
        return text.missing().contains(word) || MISSING.contains(word.toLowerCase(Locale.ROOT));
    }

    private double number(String column) {
        String written = field(column);
        OptionalDouble number = text.missing().contains(written) ? OptionalDouble.empty() : text.number(written);
        // first, as nearly all are numbers, and none of these is a word for something else
        if (number.isPresent()) {
            return number.getAsDouble();
        }
        if (isMissing(written, text)) {
            return Double.NaN;
        }
        if (INFINITE.matcher(written).matches()) {
            return written.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        wrong(
                columns.indexOf(column),
                column + " must be a number, got " + Problem.quoted(written),
                text.wayOut(written));
        return Double.NaN;
    }

    private void wrong(int column, String message) {
        wrong(column, message, "");
    }

    private void wrong(int column, String message, String suggestion) {
        sound = false;
        problems.add(() ->
                Problem.error(text.at(row, Math.max(0, column)), message).suggesting(suggestion));
    }
}
