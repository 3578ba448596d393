package dev.ablate.engine.runs.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HomeLockTest {

    /** A lock is old after a minute, as always; all else is quick. */
    private static final LockTiming QUICK = new LockTiming(
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            Duration.ofMillis(300));

    private static final Instant NOW = Instant.parse("2026-11-30T00:20:11Z");

    @TempDir
    private Path home;

    private final List<String> remarks = Collections.synchronizedList(new ArrayList<>());
    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("home.lock");
    }

    private HomeUse use() {
        return new HomeUse(home, HomeKind.NETWORK, Clock.fixed(NOW, ZoneOffset.UTC), remarks::add, QUICK);
    }

    /** The lock of a process of another host, renewed so many seconds ago. */
    private HomeHolder ofAnotherHost(long seconds) throws IOException {
        HomeHolder here = HomeHolder.here(NOW);
        HomeHolder other = new HomeHolder("node17", "another/space", 1234, 0, here.since(), "node17/1", 7);
        write(other, seconds);
        return other;
    }

    private void write(HomeHolder holder, long seconds) throws IOException {
        Files.write(file, holder.bytes());
        FileTime now = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(now.toInstant().minusSeconds(seconds)));
    }

    private String text() throws IOException {
        return Files.readString(file);
    }

    @Test
    void namesHostProcessAndTimeAndIsRenewed() throws Exception {
        try (HomeUse use = use()) {
            use.begin();
            String first = text();
            assertThat(first)
                    .startsWith("ablate home lock 1\nhost ")
                    .contains(
                            "\nprocess " + ProcessHandle.current().pid() + "\n",
                            "\nsince " + NOW.toEpochMilli() + "\n");
            String before = first;
            while (before.equals(text())) {
                Thread.sleep(5);
            }
            assertThat(text()).hasSameSizeAs(first);
            assertThat(HomeHolder.read(text())).map(HomeHolder::renewed).isNotEmpty();
            use.require();
        }
        assertThat(file).doesNotExist();
        assertThat(remarks).isEmpty();
    }

    @Test
    void givesTheHomeToOneOfManyAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        for (int thread = 0; thread < 4; thread++) {
            pool.execute(() -> {
                for (int round = 0; round < 20; round++) {
                    try (HomeUse use = use()) {
                        start.await();
                        use.begin();
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        taken.incrementAndGet();
                        inside.decrementAndGet();
                    } catch (HomeInUseException busy) {
                        // others were quicker for long
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
        }
        start.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
        assertThat(inside).hasValue(0);
        assertThat(taken.get()).isPositive();
    }

    @Test
    void refusesASecondHostByName() throws Exception {
        ofAnotherHost(3);
        String before = text();
        try (HomeUse use = use()) {
            assertThatThrownBy(use::begin)
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessage(
                            "the home " + home
                                    + " is used by host node17, process 1234, since 2026-11-30 00:20:11Z, and on a network file system by"
                                    + " one process at a time; wait until that has ended, or set ABLATE_HOME to another folder");
        }
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void takesOverWhatNobodyRenewsByBothClocks() throws Exception {
        ofAnotherHost(61);
        long begun = System.nanoTime();
        try (HomeUse use = use()) {
            use.begin();
            use.require();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(QUICK.watch());
            assertThat(text()).contains("\nprocess " + ProcessHandle.current().pid() + "\n");
        }
        assertThat(remarks).hasSize(2);
        assertThat(remarks.get(0)).contains("seems to be left by host node17, process 1234");
        assertThat(remarks.get(1))
                .startsWith("the home " + home
                        + " was left by host node17, process 1234, which used it since 2026-11-30 00:20:11Z");
        assertThat(home).isEmptyDirectory();
    }

    /** As with a file system whose clock is an hour behind, or that keeps a file's time to itself. */
    @Test
    void takesNothingThatIsRenewedHoweverOldItsFileSeems() throws Exception {
        HomeHolder other = ofAnotherHost(3_600);
        Thread renewing = new Thread(() -> {
            try {
                for (int times = 8; times < 40; times++) {
                    write(other.renewed(times), 3_600);
                    Thread.sleep(50);
                }
                write(other.renewed(41), 0);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        renewing.start();
        try (HomeUse use = use()) {
            assertThatThrownBy(use::begin)
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessageContaining("node17");
        }
        renewing.join();
        assertThat(text()).contains("node17");
    }

    @Test
    void takesTheHomeOfAKilledProcessOfThisHostAtOnce() throws Exception {
        Process killed = new ProcessBuilder("sleep", "1000").start();
        HomeHolder here = HomeHolder.here(NOW);
        HomeHolder other = new HomeHolder(
                here.host(),
                here.machine(),
                killed.pid(),
                killed.info().startInstant().orElseThrow().toEpochMilli(),
                here.since(),
                "other",
                3);
        write(other, 0);
        try (HomeUse use = use()) {
            assertThatThrownBy(use::begin)
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessageContaining("is used by process " + killed.pid() + " of this host, since");
            // one that is stopped is renewed by nobody, and goes on some time
            write(other, 3_600);
            assertThatThrownBy(use::begin).isInstanceOf(HomeInUseException.class);
            killed.destroyForcibly().waitFor();
            write(other, 0);
            use.begin();
        }
        assertThat(remarks)
                .singleElement()
                .asString()
                .contains("was left by process " + killed.pid() + " of this host");
    }

    /** Hosts and containers may share a name, and a number says nothing on another one. */
    @Test
    void takesNothingFromAnotherMachineOfTheSameName() throws Exception {
        HomeHolder here = HomeHolder.here(NOW);
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        write(new HomeHolder(here.host(), "another/space", ended.pid(), 0, here.since(), "other", 3), 0);
        try (HomeUse use = use()) {
            assertThatThrownBy(use::begin)
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessageContaining("is used by host " + here.host() + ", process " + ended.pid());
        }
    }

    /** As where the first process of a container asks nobody how others have ended. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void takesTheHomeOfAProcessWhoseParentHasNotAskedHowItEnded() throws Exception {
        // it ends once its parent is another program, which has not begun it and does not ask: a shell might
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.3 & echo $!; exec sleep 1000").start();
        try (BufferedReader words = parent.inputReader()) {
            long ended = Long.parseLong(words.readLine());
            Path state = Path.of("/proc", Long.toString(ended), "stat");
            while (!Files.readString(state).contains(") Z ")) {
                Thread.sleep(5);
            }
            HomeHolder here = HomeHolder.here(NOW);
            write(new HomeHolder(here.host(), here.machine(), ended, 0, here.since(), "other", 3), 0);
            try (HomeUse use = use()) {
                use.begin();
            }
            assertThat(ProcessHandle.of(ended))
                    .as("its number is still its own")
                    .isPresent();
            assertThat(remarks).singleElement().asString().contains("was left by process " + ended);
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    @Test
    void doesNotTakeANumberThatWasGivenAgainForTheProcess() throws Exception {
        HomeHolder here = HomeHolder.here(NOW);
        write(new HomeHolder(here.host(), here.machine(), here.process(), here.began() - 3_600_000, 0, "before", 3), 0);
        try (HomeUse use = use()) {
            use.begin();
        }
        assertThat(remarks).hasSize(1);
    }

    @Test
    void noticesThatItsHomeWasTakenOver() throws Exception {
        try (HomeUse use = use()) {
            use.begin();
            // as another host does that has not heard of this process for long
            Files.delete(file);
            ofAnotherHost(0);
            while (true) {
                try {
                    use.require();
                    Thread.sleep(10);
                } catch (HomeInUseException e) {
                    assertThat(e)
                            .hasMessage("the home " + home
                                    + " is no longer used by this process: host node17, process 1234 has"
                                    + " taken it over, after this one was not heard of for 60 s; run the same command again:"
                                    + " what was stored is safe");
                    break;
                }
            }
        }
        assertThat(text()).as("it is not this process's to remove").contains("node17");
    }

    @Test
    void takesWhatSomebodyBeganToWriteForAHolder() throws Exception {
        Files.writeString(file, "ablate home");
        try (HomeUse use = use()) {
            assertThatThrownBy(use::begin)
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessageContaining("is used by a process that has just begun");
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            use.begin();
        }
    }

    @Test
    void outlivesATakerThatWasKilled() throws Exception {
        ofAnotherHost(61);
        Files.createFile(home.resolve("home.lock.taking"));
        Files.setLastModifiedTime(home.resolve("home.lock.taking"), FileTime.fromMillis(0));
        try (HomeUse use = use()) {
            use.begin();
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void followsALockWhereTheFileSystemSaysNothing() throws Exception {
        try (HomeUse alone = new HomeUse(home, HomeKind.AUTO, Clock.systemUTC(), remarks::add, QUICK)) {
            assertThat(alone.isAlone()).isFalse();
        }
        ofAnotherHost(0);
        try (HomeUse second = new HomeUse(home, HomeKind.AUTO, Clock.systemUTC(), remarks::add, QUICK)) {
            assertThat(second.isAlone()).isTrue();
        }
    }
}
