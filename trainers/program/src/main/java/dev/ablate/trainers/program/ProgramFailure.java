package dev.ablate.trainers.program;

/** A program did not do what it was started for; the message says by what it ended: {@code exit code 1}. */
final class ProgramFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProgramFailure(String message) {
        super(message);
    }

    /** What is wrong, for a person, who need not know the class. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // a failed run shows it whole
    public String toString() {
        return String.valueOf(getMessage());
    }
}
