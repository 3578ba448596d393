package dev.ablate.core.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ChunksTest {

    private static final ChunkSize AUTO = new ChunkSize(OptionalInt.empty());

    private static TaskFile task(boolean alone, Optional<Duration> expected) {
        return new TaskFile("bias", Path.of("a.task"), Path.of("a.result"), alone, expected);
    }

    private static List<TaskFile> tasks(int count, Optional<Duration> expected) {
        return Collections.nCopies(count, task(false, expected));
    }

    private static List<Integer> sizes(List<TaskFile> tasks, ChunkSize size) {
        return Chunks.of(tasks, size, 1_000).stream().map(List::size).toList();
    }

    @Test
    void takeHalfAMinuteOrMore() {
        assertEquals(List.of(3, 3, 3, 1), sizes(tasks(10, Optional.of(Duration.ofSeconds(10))), AUTO));
        assertEquals(List.of(1, 1, 1), sizes(tasks(3, Optional.of(Duration.ofMinutes(2))), AUTO));
        assertEquals(List.of(1_000), sizes(tasks(1_000, Optional.of(Duration.ofMillis(10))), AUTO));
    }

    @Test
    void areOneRunOrAHundredthWhereNobodyKnows() {
        assertEquals(Collections.nCopies(20, 1), sizes(tasks(20, Optional.empty()), AUTO));
        assertEquals(Collections.nCopies(100, 10), sizes(tasks(1_000, Optional.empty()), AUTO));
    }

    @Test
    void areOfAGivenSize() {
        assertEquals(List.of(3, 3, 1), sizes(tasks(7, Optional.empty()), new ChunkSize(OptionalInt.of(3))));
    }

    @Test
    void leaveATaskAloneThatMayEndItsProgram() {
        List<TaskFile> tasks = List.of(
                task(false, Optional.empty()),
                task(true, Optional.of(Duration.ofMillis(1))),
                task(false, Optional.empty()),
                task(true, Optional.empty()));
        assertEquals(
                List.of(1, 1, 2),
                sizes(tasks, new ChunkSize(OptionalInt.of(10))).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void areNotMoreThanAJobMayHave() {
        assertEquals(Collections.nCopies(1_000, 5), sizes(tasks(5_000, Optional.of(Duration.ofHours(1))), AUTO));
        int many = sizes(tasks(2_500, Optional.empty()), new ChunkSize(OptionalInt.of(1)))
                .size();
        assertTrue(many <= 1_000, () -> many + " chunks");
    }
}
