package dev.ablate.engine.experiment;

import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The block {@code track.mlflow} of a spec: what its keys are, and what may stand there.
 *
 * @param tracked false: nothing leaves this machine
 * @param experiment the experiment that the spec names
 * @param register the name in the registry of models that a run's model gets; empty: none is registered
 * @param registerFrom whose; empty: of the variant that is decidedly better than all others
 */
public record TrackBlock(
        boolean tracked, Optional<String> experiment, Optional<String> register, Optional<String> registerFrom) {

    private static final String BLOCK = "track.mlflow";
    private static final String EXPERIMENT = BLOCK + ".experiment";

    /** The key of a registered model's name. */
    public static final String REGISTER = BLOCK + ".register";

    /** The key that says whose model is registered. */
    public static final String REGISTER_FROM = BLOCK + ".register_from";

    /** Its key in {@code track}. */
    static final String KEY = "mlflow";

    /** What MLflow refuses in the name of a registered model, and what its query for one cannot hold. */
    private static final Pattern NOT_IN_MODEL_NAMES = Pattern.compile("[/:'\"`\\\\\\p{Cntrl}]");

    private static final int LONGEST_MODEL_NAME = 250;

    /** MLflow's bound of an experiment's name. */
    private static final int LONGEST_EXPERIMENT = 500;

    static Grammar.Shape shape() {
        return new Grammar.KeysOrLeaf(
                Grammar.keys()
                        .with("experiment", "where its runs go in MLflow", "the spec's name")
                        .with("register", "the registered model that a run's model joins", "")
                        .with(
                                "register_from",
                                "whose: a variant, one of its cells, or a run, as bias/learning_rate=0.1/seed=3; of a variant its first seed",
                                "the variant that is decidedly better than all others")
                        .end(),
                new Grammar.Leaf("false keeps it from MLflow, or these keys", ""));
    }

    /** Reads the block; what is wrong is reported, and its default holds. */
    static TrackBlock read(Function<String, Optional<Reading>> leaf) {
        boolean local = false;
        Optional<Reading> mlflow = leaf.apply(BLOCK);
        if (mlflow.isPresent()) {
            boolean bool = mlflow.get().node() instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOLEAN;
            Optional<Boolean> given = bool
                    ? mlflow.get().bool()
                    : mlflow.get().refused(Reading.Wanted.BOOLEAN, "must be false or { experiment: NAME }");
            if (given.isPresent() && given.get()) {
                mlflow.get()
                        .refuse(
                                "must be false or { experiment: NAME }, got true",
                                "leave it out: to track is the default");
            }
            local = given.isPresent() && !given.get();
        }
        Optional<String> experiment =
                leaf.apply(EXPERIMENT).flatMap(reading -> reading.text().filter(name -> isExperiment(reading, name)));
        if (!local && leaf.apply(EXPERIMENT).isEmpty()) {
            leaf.apply("name").ifPresent(TrackBlock::checkExperiment);
        }
        Optional<String> register =
                leaf.apply(REGISTER).flatMap(reading -> reading.text().filter(name -> isRegistrable(reading, name)));
        return new TrackBlock(
                !local, experiment, register, leaf.apply(REGISTER_FROM).flatMap(Reading::text));
    }

    /** Whether MLflow takes a name for an experiment. */
    private static boolean isExperiment(Reading reading, String name) {
        boolean fits = !name.isBlank() && name.length() <= LONGEST_EXPERIMENT;
        if (!fits) {
            reading.refuse("must be a name of 1 to " + LONGEST_EXPERIMENT + " characters, got "
                    + (name.isBlank() ? reading.got() : name.length() + ", more than MLflow allows"));
        }
        return fits;
    }

    /** The name is MLflow's experiment too, where the spec names none. */
    private static void checkExperiment(Reading name) {
        if (name.node() instanceof Node.Scalar scalar && scalar.text().length() > LONGEST_EXPERIMENT) {
            name.refuse(
                    "must have at most " + LONGEST_EXPERIMENT
                            + " characters where it names MLflow's experiment too, got "
                            + scalar.text().length(),
                    "shorten it, or write track: { mlflow: { experiment: NAME } }");
        }
    }

    /** Whether MLflow takes a name for a registered model; a quote cannot be asked for. */
    private static boolean isRegistrable(Reading reading, String name) {
        boolean fits = !name.isBlank()
                && name.length() <= LONGEST_MODEL_NAME
                && !NOT_IN_MODEL_NAMES.matcher(name).find();
        if (!fits) {
            reading.refuse("must be a name of 1 to " + LONGEST_MODEL_NAME
                    + " characters without slash, colon, quote or line break, got " + reading.got());
        }
        return fits;
    }
}
