package dev.ablate.engine.caution;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.engine.caution.PartCautions.Caution;
import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.worker.data.RunData;
import dev.ablate.worker.data.UnscalableException;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.text.Phrases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A learning rate with which one neuron that answers its weighted sum is sure to leave the rows that it learns from behind.
 *
 * <p>Its squared errors are a bowl, and gradient descent with all rows climbs out of it where the rate is above 2 divided by the largest
 * curvature: the largest eigenvalue of {@code factor * sum of x x'}, where the factor is that of the loss (LeCun, Bottou, Orr and
 * Mueller, "Efficient BackProp", 1998, section 4.6). The eigenvalue is approached from below, so that no rate is cautioned against that
 * the rows bear.
 */
final class RateCautions {

    /** More values than these take longer to look at than a first update. */
    private static final long MOST_VALUES = 2_000_000;

    /** Of more values than these a part of the rows is looked at, evenly spaced. */
    private static final int LOOKED_AT = 200_000;

    /** How far a part of the rows may be from all of them. */
    private static final double MARGIN = 1.2;

    private static final int STEPS = 50;

    /** What the slope of an error is multiplied by, of one row and all others. */
    private static final Map<String, Double> FACTORS = Map.of("half-sse", 1.0, "sse", 2.0, "mse", 2.0);

    private RateCautions() {}

    static List<Caution> of(List<PlannedRun> planned) {
        Map<List<Object>, OptionalDouble> bounds = new HashMap<>();
        Map<String, Set<String>> variants = new LinkedHashMap<>();
        Map<String, Double> largest = new HashMap<>();
        Set<String> scaled = new HashSet<>();
        for (PlannedRun run : planned) {
            if (isBowl(run)) {
                Map<String, String> params = run.params();
                String loss = params.get("trainer.loss");
                boolean bias = "true".equals(params.get("trainer.bias"));
                // of the first seed alone: the rows of another are much like them
                List<Object> same = List.of(
                        System.identityHashCode(run.dataset()),
                        run.features(),
                        run.scale(),
                        String.valueOf(loss),
                        bias);
                OptionalDouble bound = bounds.computeIfAbsent(same, none -> bound(run, String.valueOf(loss), bias));
                double rate = Double.parseDouble(params.get("trainer.learning_rate"));
                if (bound.isPresent() && rate > bound.getAsDouble()) {
                    String what = "trainer.learning_rate " + Phrases.brief(rate) + " is above "
                            + Phrases.brief(bound.getAsDouble())
                            + ", beyond which each update makes the errors on these rows larger";
                    variants.computeIfAbsent(what, none -> new LinkedHashSet<>())
                            .add(run.variant());
                    largest.put(what, bound.getAsDouble());
                    if (run.scale().features() == ScaleSettings.Method.STANDARD) {
                        scaled.add(what);
                    }
                }
            }
        }
        long all = planned.stream().map(PlannedRun::variant).distinct().count();
        List<Caution> cautions = new ArrayList<>();
        variants.forEach((what, having) -> cautions.add(new Caution(
                what
                        + (having.size() == all
                                ? ""
                                : ", in variant" + (having.size() == 1 ? " " : "s ") + String.join(", ", having)),
                "write a rate of " + Phrases.brief(largest.getOrDefault(what, Double.NaN) / 2) + " or less"
                        + (scaled.contains(what) ? "" : ", or data: { scale: { features: standard } }"))));
        return cautions;
    }

    /** Whether it is one neuron that learns from all rows at once, and answers its weighted sum. */
    private static boolean isBowl(PlannedRun run) {
        Map<String, String> params = run.params();
        return "identity".equals(params.get("trainer.activation"))
                && "all".equals(params.get("trainer.batch"))
                && FACTORS.containsKey(String.valueOf(params.get("trainer.loss")))
                && params.getOrDefault("trainer.hidden", "[]").equals("[]")
                && params.containsKey("trainer.learning_rate")
                && !"0".equals(params.get("trainer.epochs"))
                && !"0".equals(params.get("trainer.updates"))
                && (long) run.dataset().examples().size() * run.features().size() <= MOST_VALUES;
    }

    /** The largest rate that the training rows bear; empty where they cannot be scaled, or are all 0. */
    private static OptionalDouble bound(PlannedRun run, String loss, boolean bias) {
        Examples examples;
        try {
            examples = RunData.of(run.context()).scaledTrain();
        } catch (UnscalableException e) {
            // which is reported when it is trained
            return OptionalDouble.empty();
        }
        int stride = 1 + examples.size() * examples.width() / LOOKED_AT;
        int looked = 1 + (examples.size() - 1) / stride;
        double mean = curvature(examples.rows(), stride, bias) / looked * FACTORS.getOrDefault(loss, 0.0);
        double curvature = (loss.equals("mse") ? mean : mean * examples.size()) / (stride == 1 ? 1 : MARGIN);
        return curvature > 0 && Double.isFinite(curvature) ? OptionalDouble.of(2 / curvature) : OptionalDouble.empty();
    }

    /** The largest eigenvalue of the sum of {@code x x'} over each so many rows, by repeated multiplication (von Mises and Pollaczek-Geiringer, 1929). */
    private static double curvature(Matrix rows, int stride, boolean bias) {
        int width = rows.width() + (bias ? 1 : 0);
        double[] vector = new double[width];
        for (int k = 0; k < width; k++) {
            // no two alike, as a vector at a right angle to the one that is looked for would stay there
            vector[k] = 1 + k / (2.0 * width);
        }
        double[] row = new double[rows.width()];
        double length = 0;
        for (int step = 0; step < STEPS; step++) {
            double norm = Math.sqrt(Arrays.stream(vector).map(v -> v * v).sum());
            double[] next = new double[width];
            for (int k = 0; k < rows.size(); k += stride) {
                rows.copyRow(k, row);
                double along = bias ? vector[width - 1] / norm : 0;
                for (int i = 0; i < row.length; i++) {
                    along += row[i] * vector[i] / norm;
                }
                for (int i = 0; i < row.length; i++) {
                    next[i] += along * row[i];
                }
                if (bias) {
                    next[width - 1] += along;
                }
            }
            length = Math.sqrt(Arrays.stream(next).map(v -> v * v).sum());
            vector = next;
            if (length == 0 || !Double.isFinite(length)) {
                return length;
            }
        }
        return length;
    }
}
