package dev.ablate.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where results go, which remembers what could not be written: a result that is cut must not look like one that is whole.
 *
 * <p>After the first failure nothing more is written. A reader who has read enough, as {@code head} does, is not a failure.
 */
public final class ResultStream extends OutputStream {

    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private final OutputStream out;
    private final Charset charset;
    private final BooleanSupplier pipe;
    private boolean ended;
    private @Nullable IOException failure;

    private ResultStream(OutputStream out, Charset charset, BooleanSupplier pipe) {
        this.out = out;
        this.charset = charset;
        this.pipe = pipe;
    }

    /** The results of this process. */
    static ResultStream ofProcess(Charset charset) {
        return new ResultStream(new FileOutputStream(FileDescriptor.out), charset, ResultStream::isPipe);
    }

    /** Results as text of a charset. */
    static ResultStream to(OutputStream out, Charset charset) {
        return new ResultStream(out, charset, () -> false);
    }

    /** Results in UTF-8. */
    public static ResultStream to(OutputStream out) {
        return to(out, StandardCharsets.UTF_8);
    }

    /** What could not be written, in the words of the operating system; empty where all was, or nobody reads any more. */
    public Optional<String> problem() {
        return Optional.ofNullable(failure).map(Throwable::getMessage);
    }

    /** For those who want a writer. */
    public PrintWriter writer() {
        return new PrintWriter(new OutputStreamWriter(this, charset), true);
    }

    void print(String text) {
        byte[] bytes = text.getBytes(charset);
        write(bytes, 0, bytes.length);
        flush();
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public synchronized void flush() {
        attempt(out::flush);
    }

    private interface Attempt {
        void make() throws IOException;
    }

    private void attempt(Attempt attempt) {
        if (ended) {
            return;
        }
        try {
            attempt.make();
        } catch (IOException e) {
            ended = true;
            failure = isClosedPipe(e) ? null : e;
        }
    }

    /** The system's words may be in any language; writing to a pipe fails for no other reason. */
    private boolean isClosedPipe(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe") || pipe.getAsBoolean();
    }

    private static boolean isPipe() {
        try {
            int type = (Integer) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode") & FILE_TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noSuchThing) {
            return false;
        }
    }
}
