package dev.ablate.core.data;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A dataset's input that cannot be used: what is wrong with it, each with its place. */
public final class DataException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 2L;

    private final String place;

    /** Those behind the first. */
    @SuppressWarnings("serial") // the list of List.copyOf
    private final List<Fault> further;

    private final long unnamed;

    /**
     * One thing that is wrong.
     *
     * @param place where it is, as {@code file:line:column} (lines and columns from 1), {@code file} alone, or an option's name
     * @param reason what is wrong there and what to do, without a full stop
     */
    public record Fault(String place, String reason) implements Serializable {

        /** {@code place: reason}. */
        @Override
        public String toString() {
            return place + ": " + reason;
        }
    }

    /** One thing that is wrong; see {@link Fault}. */
    public DataException(String place, String reason) {
        this(List.of(new Fault(place, reason)), 0);
    }

    /**
     * Several things that are wrong.
     *
     * @param faults the first that were found; at least one
     * @param unnamed how many more there are, which only are counted
     */
    public DataException(List<Fault> faults, long unnamed) {
        super(faults.get(0).reason());
        this.place = faults.get(0).place();
        this.further = List.copyOf(faults.subList(1, faults.size()));
        this.unnamed = unnamed;
    }

    /** Where the first is: {@code file:line:column}, {@code file} or an option's name. */
    public String place() {
        return place;
    }

    /** Those that are named, the first among them. */
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(List.of(new Fault(place, String.valueOf(getMessage()))));
        faults.addAll(further);
        return faults;
    }

    /** What else is wrong, as lines for a person: the others with their places, then how many more there are. */
    public List<String> further() {
        List<String> lines = new ArrayList<>();
        further.forEach(fault -> lines.add(fault.toString()));
        if (unnamed > 0) {
            lines.add("and " + unnamed + " more");
        }
        return lines;
    }
}
