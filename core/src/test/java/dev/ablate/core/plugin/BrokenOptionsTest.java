package dev.ablate.core.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Examples;
import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import dev.ablate.core.option.ReadBy;
import dev.ablate.core.training.Batch;
import dev.ablate.core.training.Initial;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link PluginContract} catches each way to write options wrong, and passes those that are right. */
class BrokenOptionsTest {

    /** What is written of it is rounded. */
    @ReadBy(RoughType.class)
    public record Rough(double value) {}

    static final class RoughType implements OptionType<Rough> {
        @Override
        public String words() {
            return "number";
        }

        @Override
        public Optional<Rough> read(OptionValue value) {
            return value.number().map(Rough::new);
        }

        @Override
        public Object write(Rough value) {
            return Math.rint(value.value());
        }
    }

    /** Right. */
    public record Sound(
            @Option(help = "whether", fallback = "true") boolean bias,

            @Option(help = "where", fallback = "[[1, -2.5e-3], []]")
            Optional<List<List<Double>>> rows,

            @Option(help = "rows", fallback = "32", above = 0)
            Batch batch,

            @Option(help = "a name", fallback = "\"a, b\"") String name,

            @Option(help = "needed", above = 0) double rate,

            Nested nested) {}

    /** Right. */
    public record Nested(
            @Option(help = "where weights start", fallback = "{ normal: { sd: 1.0 } }")
            Initial start) {}

    public record Rounded(
            @Option(help = "rounded", fallback = "1.5") Rough value) {}

    public record OutOfRange(
            @Option(help = "none", fallback = "[1, 0]", above = 0)
            List<Double> rates) {}

    public record NotAWord(
            @Option(help = "which", fallback = "{ sd: 1 }") Initial start) {}

    public record NoType(@Option(help = "which") Set<Integer> numbers) {}

    public record Twice(
            @Option(help = "where", fallback = "[1]") Initial start, Nested nested) {}

    record Hidden(@Option(help = "where", fallback = "1") int start) {}

    public record NestsHidden(Hidden hidden) {}

    public record Silent(int rate) {}

    public record HasAFolder(
            @Option(help = "where", fallback = "jobs") String folder) {}

    private static final class Idle<O extends Record> implements Launcher<O> {
        @Override
        public String submit(O options, List<TaskFile> tasks, Exchange exchange) {
            return "none";
        }

        @Override
        public JobState poll(O options, String job, Exchange exchange) {
            return JobState.ENDED;
        }

        @Override
        public void cancel(O options, String job, Exchange exchange) {}

        @Override
        public String log(O options, String job, Exchange exchange) {
            return "";
        }
    }

    /** What a contract checks. */
    private interface Check {
        void of(PluginContract contract) throws ReflectiveOperationException;
    }

    private static Arguments way(Class<? extends Record> options, Check check, String message) {
        return Arguments.of(options, check, message);
    }

    static Stream<Arguments> ways() {
        Check defaults = PluginContract::hasDefaultsThatASpecCouldGiveAndThatAreReadBackAsTheyAreWritten;
        return Stream.of(
                way(Rounded.class, defaults, "what is read of 2.0"),
                way(OutOfRange.class, defaults, "item 2 of odd.rates must be greater than 0, got 0"),
                way(NotAWord.class, defaults, "has an unknown key sd"),
                way(NoType.class, PluginContract::saysWhatEveryOptionMeans, "is of a type that no spec can give"),
                way(Twice.class, PluginContract::hasEachOptionOnce, "has an option twice: [start, start]"),
                way(NestsHidden.class, PluginContract::hasOptionsThatTheRunnerCanMake, "Hidden is not public"),
                way(Silent.class, PluginContract::saysWhatEveryOptionMeans, "odd.rate has no @Option"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void catches(Class<? extends Record> options, Check check, String message) {
        AssertionError found = assertThrows(AssertionError.class, () -> check.of(contract(options)));
        assertTrue(String.valueOf(found.getMessage()).contains(message), found.getMessage());
    }

    @Test
    void passesOptionsThatAreRight() {
        PluginContract contract = contract(Sound.class);
        for (Executable check : List.<Executable>of(
                contract::hasOptionsThatTheRunnerCanMake,
                contract::hasEachOptionOnce,
                contract::saysWhatEveryOptionMeans,
                contract::hasDefaultsThatASpecCouldGiveAndThatAreReadBackAsTheyAreWritten)) {
            assertDoesNotThrow(check);
        }
    }

    @Test
    void catchesALauncherWithTheKeyOfAllLaunchers() {
        contract(HasAFolder.class).hasNoOptionThatEveryLauncherHas();
        launching(Sound.class).hasNoOptionThatEveryLauncherHas();
        AssertionError found = assertThrows(
                AssertionError.class, () -> launching(HasAFolder.class).hasNoOptionThatEveryLauncherHas());
        assertTrue(
                String.valueOf(found.getMessage()).contains("odd has the option folder, which every launcher has"),
                found.getMessage());
    }

    private static PluginContract launching(Class<? extends Record> options) {
        return new PluginContract() {
            @Override
            protected PluginModule module() {
                return new PluginModule() {
                    @Override
                    protected void plug() {
                        odd(options);
                    }

                    private <O extends Record> void odd(Class<O> type) {
                        launcher("odd", type).to(new Idle<>());
                    }
                };
            }
        };
    }

    private static PluginContract contract(Class<? extends Record> options) {
        return new PluginContract() {
            @Override
            protected PluginModule module() {
                return new PluginModule() {
                    @Override
                    protected void plug() {
                        odd(options);
                    }

                    private <O extends Record> void odd(Class<O> type) {
                        dataset("odd", type)
                                .summary("Odd options")
                                .to((O given) -> Dataset.classification(
                                        Examples.of(List.of("x"), new double[] {1}, new double[] {0}), "y", ""));
                    }
                };
            }
        };
    }
}
