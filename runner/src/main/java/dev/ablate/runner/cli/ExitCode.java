package dev.ablate.runner.cli;

/** What a shell is told; 128 and a signal's number if one came. */
final class ExitCode {

    static final int DONE = 0;
    /** A run failed, a result could not be written, or something outside the program did not work. */
    static final int FAILED = 1;
    /** Bad usage or a bad spec: nothing ran. */
    static final int USAGE = 2;
    /** {@code --gate}, and it is not met. */
    static final int GATE = 3;
    /** {@code --require-tracking}, and something was not delivered. */
    static final int UNDELIVERED = 4;
    /** A mistake in the program. */
    static final int BUG = 5;

    private ExitCode() {}
}
