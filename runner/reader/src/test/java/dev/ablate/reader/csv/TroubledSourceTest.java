package dev.ablate.reader.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails, a file that changes, a reading that is interrupted: it ends with an error, and so do its threads. */
final class TroubledSourceTest {

    private static final int ROWS = 20_000;
    private static final Cut CUT = new Cut(5, 1024, 64);

    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    /** What happens when bytes behind a position are read. */
    @FunctionalInterface
    private interface Trouble {
        void begin() throws IOException;
    }

    @AfterEach
    void hasEndedItsThreads() {
        readers.remove(Thread.currentThread());
        assertThat(readers).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3_000, 70_000})
    void reportsADiskThatFails(int position) throws IOException {
        IOException bad = new IOException("bad sector");
        assertThatThrownBy(() -> read(source(position, () -> {
                    // all threads are there
                    awaitReaders(3);
                    throw bad;
                })))
                .isSameAs(bad);
    }

    @Test
    void passesOnWhatIsNobodysFault() throws IOException {
        assertThatThrownBy(() -> read(source(50_000, () -> {
                    throw new OutOfMemoryError("as if");
                })))
                .isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(() -> read(source(50_000, () -> {
                    throw new IllegalStateException("as if");
                })))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endsWhenItsCallerIsInterrupted() throws IOException {
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> read(source(60_000, () -> {
                    while (!readers.contains(caller)) {
                        Thread.onSpinWait();
                    }
                    caller.interrupt();
                })))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void endsWhenItsCallerIsInterruptedAndAlone() {
        Source source = source(60_000, Thread.currentThread()::interrupt);
        assertThatThrownBy(() -> read(source, new Cut(1, 1024, 64))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void endsWhenItsCallerIsInterruptedWhileItWaits() {
        Thread caller = Thread.currentThread();
        Source source = source(0, () -> {
            awaitReaders(2);
            if (Thread.currentThread() != caller) {
                while (caller.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                caller.interrupt();
            }
        });
        // two chunks: the caller waits for its turn or for the other thread's end
        Cut two = new Cut(2, text().length / 2, 64);
        assertThatThrownBy(() -> read(source, two)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(readers).hasSize(2);
    }

    @Test
    void reportsAFileThatBecomesShorter() throws IOException {
        Path file = Files.write(folder.resolve("data.csv"), text());
        try (Source whole = Source.of(file);
                RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
            assertThatThrownBy(() -> read(watched(whole, 40_000, () -> other.setLength(30_000))))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it has become shorter since it was opened");
        }
    }

    @Test
    void readsAFileThatHasNoTrouble() throws IOException {
        assertThat(read(source(0, () -> awaitReaders(5))).size()).isEqualTo(ROWS);
    }

    private void awaitReaders(int count) {
        while (readers.size() < count) {
            Thread.onSpinWait();
        }
    }

    private static Rows read(Source source) throws IOException {
        return read(source, CUT);
    }

    private static Rows read(Source source, Cut cut) throws IOException {
        return new CsvReader(source, Dialect.separatedBy(','), cut).rows(0, List.of(Kind.NUMBER, Kind.NUMBER), 1);
    }

    private static byte[] text() {
        return "0.1,1\n2,3e1\n".repeat(ROWS / 2).getBytes(StandardCharsets.US_ASCII);
    }

    private Source source(int position, Trouble trouble) {
        return watched(Source.of(text()), position, trouble);
    }

    private Source watched(Source source, int troubleAt, Trouble trouble) {
        return new Source() {
            @Override
            public long size() {
                return source.size();
            }

            @Override
            public int read(byte[] into, int at, int length, long position) throws IOException {
                readers.add(Thread.currentThread());
                if (position >= troubleAt) {
                    trouble.begin();
                }
                return source.read(into, at, length, position);
            }

            @Override
            public void close() {}
        };
    }
}
