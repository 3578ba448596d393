package dev.ablate.engine.runs.home;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes a home: where nobody has it, after a wait where its process is about to end, and from a process that is gone. */
final class Taking {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path home;
    private final Path file;
    private final HomeHolder here;
    private final LockTiming timing;
    private final Consumer<String> remarks;

    private final long begun = System.nanoTime();

    /** What the lock held when it was last seen to change, and when that was. */
    private String seen = "";

    private long seenAt = begun;
    private boolean watched;

    /** From whom it is taken over, in words. */
    private Optional<String> taken = Optional.empty();

    /**
     * @param here this process
     * @param remarks hears of a home that is taken over
     */
    Taking(Path home, HomeHolder here, LockTiming timing, Consumer<String> remarks) {
        this.home = home;
        this.file = home.resolve(HomeLock.NAME);
        this.here = here;
        this.timing = timing;
        this.remarks = remarks;
    }

    /**
     * Takes it.
     *
     * @throws HomeInUseException if another process has it, and does not end soon
     * @throws IOException if its lock cannot be written
     */
    HomeLock take() throws IOException {
        while (true) {
            Optional<HomeLock> made = HomeLock.make(file, here, timing);
            if (made.isPresent()) {
                taken.ifPresent(remarks);
                return made.get();
            }
            Optional<String> text = HomeLock.text(file);
            if (text.isPresent()) {
                look(text.get());
            }
        }
    }

    /** Takes the lock away that is there if its process is gone; waits a moment otherwise. */
    private void look(String text) throws IOException {
        if (!text.equals(seen)) {
            seen = text;
            seenAt = System.nanoTime();
        }
        Optional<HomeHolder> holder = HomeHolder.read(text);
        boolean visible = holder.filter(other -> other.isOnThisHost(here)).isPresent();
        boolean old = !visible && age(file).compareTo(timing.stale()) > 0;
        boolean gone = visible ? !holder.get().isAlive() : old && since(seenAt).compareTo(timing.watch()) > 0;
        if (gone && remove(text)) {
            taken = Optional.of("the home " + home + " was left by "
                    + holder.map(other -> other.words(here) + ", which used it since " + other.sinceWords()
                                    + " and has ended without giving it back")
                            .orElse("a process that never said its name")
                    + "; this process has taken it over, and what was stored is there");
            return;
        }
        if (!gone && !old && since(begun).compareTo(timing.patience()) > 0) {
            throw new HomeInUseException(refusal(holder));
        }
        if (old && !watched) {
            watched = true;
            remarks.accept("the home " + home + " seems to be left by "
                    + holder.map(other -> other.words(here)).orElse("a process that never said its name")
                    + ": watching for " + timing.watch().toSeconds() + " s whether it is still used");
        }
        pause();
    }

    private String refusal(Optional<HomeHolder> holder) {
        return "the home " + home + " is used by "
                + holder.map(other -> other.words(here) + ", since " + other.sinceWords())
                        .orElse("a process that has just begun")
                + ", and on a network file system by one process at a time; wait until that has ended, or set ABLATE_HOME to"
                + " another folder";
    }

    /** Removes a lock that is still the same, while no other process does so. */
    private boolean remove(String text) throws IOException {
        Path taking = file.resolveSibling(HomeLock.NAME + ".taking");
        try {
            Files.createFile(taking);
        } catch (FileAlreadyExistsException another) {
            if (age(taking).compareTo(timing.stale()) > 0) {
                // of a process that was killed just then
                Files.deleteIfExists(taking);
            }
            return false;
        }
        try {
            return HomeLock.text(file).filter(text::equals).isPresent() && Files.deleteIfExists(file);
        } finally {
            Files.deleteIfExists(taking);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** How old a file is by the clock of its file system, which need not be that of this host. */
    private Duration age(Path of) throws IOException {
        Path probe = Files.createTempFile(home, HomeLock.NAME, ".probe");
        try {
            Files.write(probe, new byte[] {1});
            return Duration.between(
                    Files.getLastModifiedTime(of).toInstant(),
                    Files.getLastModifiedTime(probe).toInstant());
        } catch (NoSuchFileException gone) {
            return Duration.ZERO;
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the home", e);
        }
    }
}
