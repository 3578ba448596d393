package dev.ablate.engine.tracking;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.engine.tracking.FolderTracker.Fault;
import dev.ablate.engine.tracking.FolderTracker.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract holds for a second tracker, and each clause fails for one that is broken in just its way. */
class FolderTrackerTest {

    private static class Contract extends TrackerContract {

        private final Fault fault;

        Contract(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected Tracker tracker() {
            return new FolderTracker(fault);
        }

        @Override
        protected Destination destination() {
            return new Place(home.resolve("server"));
        }

        /** A file stands where the folder would. */
        @Override
        protected Destination refusing() {
            try {
                Path file = home.resolve("file");
                if (!Files.exists(file)) {
                    Files.createFile(file);
                }
                return new Place(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected String noDestination() {
            return " ";
        }

        @Override
        protected List<Remote> remote(String experiment) {
            return FolderTracker.runs(new Place(home.resolve("server")), experiment).stream()
                    .map(run -> new Remote(
                            run.id(),
                            run.key(),
                            run.params().getOrDefault("seed", ""),
                            run.steps().stream().sorted().toList()))
                    .toList();
        }
    }

    @Nested
    class Sound extends Contract {
        Sound() {
            super(Fault.NONE);
        }
    }

    static Stream<Arguments> clauses() {
        Consumer<TrackerContract> lost = TrackerContract::losesNothing;
        Consumer<TrackerContract> doubled = TrackerContract::doublesNothing;
        Consumer<TrackerContract> resumed = TrackerContract::resumesAfterABreak;
        Consumer<TrackerContract> refused = TrackerContract::saysInWordsWhatIsRefused;
        return Stream.of(
                Arguments.of(Fault.LOSES, lost),
                Arguments.of(Fault.DOUBLES, doubled),
                Arguments.of(Fault.FORGETS, resumed),
                Arguments.of(Fault.SILENT, refused));
    }

    @ParameterizedTest
    @MethodSource("clauses")
    void aClauseFailsForATrackerThatBreaksIt(Fault fault, Consumer<TrackerContract> clause, @TempDir Path home) {
        check(home.resolve("sound"), Fault.NONE, clause);
        assertThatThrownBy(() -> check(home.resolve("broken"), fault, clause)).isInstanceOf(AssertionError.class);
    }

    private static void check(Path home, Fault fault, Consumer<TrackerContract> clause) {
        Contract contract = new Contract(fault);
        contract.home = home;
        try {
            clause.accept(contract);
        } finally {
            contract.close();
        }
    }
}
