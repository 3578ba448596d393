package dev.ablate.launchers.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.launch.TaskFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ChunksTest {

    private static final ChunkSize AUTO = new ChunkSize(OptionalInt.empty());

    private static TaskFile task(boolean alone, Optional<Duration> expected) {
        return new TaskFile("bias", Path.of("a.task"), Path.of("a.result"), alone, expected);
    }

    private static List<TaskFile> tasks(int count, Optional<Duration> expected) {
        return IntStream.range(0, count).mapToObj(k -> task(false, expected)).toList();
    }

    private static List<Integer> sizes(List<TaskFile> tasks, ChunkSize size) {
        return Chunks.of(tasks, size).stream().map(List::size).toList();
    }

    @Test
    void takeHalfAMinuteOrMore() {
        assertThat(sizes(tasks(10, Optional.of(Duration.ofSeconds(10))), AUTO)).containsExactly(3, 3, 3, 1);
        assertThat(sizes(tasks(3, Optional.of(Duration.ofMinutes(2))), AUTO)).containsExactly(1, 1, 1);
        assertThat(sizes(tasks(1_000, Optional.of(Duration.ofMillis(10))), AUTO))
                .containsExactly(1_000);
    }

    @Test
    void areOneRunOrAHundredthWhereNobodyKnows() {
        assertThat(sizes(tasks(20, Optional.empty()), AUTO)).hasSize(20).containsOnly(1);
        assertThat(sizes(tasks(1_000, Optional.empty()), AUTO)).hasSize(100).containsOnly(10);
    }

    @Test
    void areOfAGivenSize() {
        assertThat(sizes(tasks(7, Optional.empty()), new ChunkSize(OptionalInt.of(3))))
                .containsExactly(3, 3, 1);
    }

    @Test
    void leaveATaskAloneThatMayEndItsProgram() {
        List<TaskFile> tasks = List.of(
                task(false, Optional.empty()),
                task(true, Optional.of(Duration.ofMillis(1))),
                task(false, Optional.empty()),
                task(true, Optional.empty()));
        assertThat(sizes(tasks, new ChunkSize(OptionalInt.of(10)))).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void areNotMoreThanAnArrayMayHave() {
        assertThat(sizes(tasks(5_000, Optional.of(Duration.ofHours(1))), AUTO))
                .hasSize(1_000)
                .containsOnly(5);
        assertThat(sizes(tasks(2_500, Optional.empty()), new ChunkSize(OptionalInt.of(1))))
                .hasSizeLessThanOrEqualTo(1_000);
    }
}
