package dev.ablate.core.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Options that are each well-formed and do not fit together, or do not fit the data.
 *
 * <p>The constructor of an options record throws it for combinations, and {@link DependsOnData#check} for rules about the
 * data. It carries every reason at once, each with the option it is about, so that a person mends a spec in one go:
 *
 * <pre>{@code
 * Refused.Reasons reasons = Refused.reasons();
 * reasons.addIf(!bias && initialBias.isPresent(), "initial_bias", "there is no bias to start from: bias is false");
 * reasons.addIf(epochs.isPresent() && updates.isPresent(), "updates", "give epochs or updates, not both");
 * reasons.throwIfAny();
 * }</pre>
 */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Reason> reasons;

    private Refused(List<Reason> reasons) {
        super(String.join(
                "; ", reasons.stream().map(r -> r.option() + ": " + r.text()).toList()));
        this.reasons = List.copyOf(reasons);
    }

    /** Everything that is wrong, in the order in which it was found; never empty. */
    public List<Reason> all() {
        return reasons;
    }

    /** A list to collect reasons in. */
    public static Reasons reasons() {
        return new Reasons();
    }

    /**
     * One reason.
     *
     * @param option the option's name as it stands in YAML, such as {@code initial_bias}
     * @param text what is wrong and what to do, without the option's name in front and without a full stop
     * @param name what was named and is not known, as the person wrote it; empty where no name is what is wrong
     * @param known what could have been named: the nearest is suggested, and a few are listed
     */
    public record Reason(String option, String text, String name, List<String> known) {

        /** Copies the list. */
        public Reason {
            known = List.copyOf(known);
        }

        /** Where no name is what is wrong. */
        public Reason(String option, String text) {
            this(option, text, "", List.of());
        }
    }

    /** Collects reasons; not thread-safe. */
    public static final class Reasons {

        private final List<Reason> found = new ArrayList<>();

        private Reasons() {}

        /** Adds a reason if {@code wrong}; see {@link Reason}. */
        public void addIf(boolean wrong, String option, String text) {
            if (wrong) {
                found.add(new Reason(option, text));
            }
        }

        /** Adds that a name is not known; see {@link Reason}. */
        public void addUnknown(String option, String text, String name, Collection<String> known) {
            found.add(new Reason(option, text, name, List.copyOf(known)));
        }

        /** Adds all of another. */
        public void addAll(Refused other) {
            found.addAll(other.reasons);
        }

        /**
         * Ends the construction if anything was found.
         *
         * @throws Refused with all reasons, if there is one
         */
        public void throwIfAny() {
            if (!found.isEmpty()) {
                throw new Refused(found);
            }
        }
    }
}
