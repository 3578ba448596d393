package dev.ablate.trainers.python;

/** The run is to end; the runner knows why. */
final class Interrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Interrupted() {
        super("an interrupt");
    }
}
