package dev.ablate.cli.terminal;

/** What a shell gets; 128 and a signal's number if one came. */
public final class ExitCode {

    public static final int DONE = 0;
    /** A run failed, a result could not be written, or something outside the program did not work. */
    public static final int FAILED = 1;
    /** Bad usage or a bad spec: nothing ran. */
    public static final int USAGE = 2;
    /** {@code --gate}, and it is not met. */
    public static final int GATE = 3;
    /** {@code --require-tracking}, and something was not delivered. */
    public static final int UNDELIVERED = 4;
    /** A mistake in the program. */
    public static final int BUG = 5;

    /** What is to be trained was left with a launcher, and not all of it is done. */
    public static final int SUBMITTED = 6;

    private ExitCode() {}
}
