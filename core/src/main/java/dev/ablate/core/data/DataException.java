package dev.ablate.core.data;

/** A dataset's input that cannot be used, with its place. */
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * @param place where it is, as {@code file:line:column} (lines and columns from 1), {@code file} alone, or an option's name
     * @param reason what is wrong there and what to do, without a full stop
     */
    public DataException(String place, String reason) {
        super(reason);
        this.place = place;
    }

    /** Where it is: {@code file:line:column}, {@code file} or an option's name. */
    public String place() {
        return place;
    }
}
