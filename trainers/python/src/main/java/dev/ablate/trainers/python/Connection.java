package dev.ablate.trainers.python;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;

/** A way to the process of one run. */
interface Connection extends Closeable {

    /** What it says. */
    InputStream in();

    /** Says something to it. */
    void write(byte[] bytes) throws IOException;

    /** Asks it, and all that it has started, to end, and sees to it that they do. */
    void end(long process);

    /** How it has ended, where it does not say that itself. */
    OptionalInt code();
}
