package dev.ablate.trainers.python;

/** A script did not do what it was started for; the message says by what it ended: {@code ValueError: no such layer (train.py:12)}. */
final class PythonFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PythonFailure(String message) {
        super(message);
    }

    /** What is wrong, for a person, who need not know the class. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // a failed run shows it whole
    public String toString() {
        return String.valueOf(getMessage());
    }
}
