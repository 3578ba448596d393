package dev.ablate.core.launch;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import dev.ablate.core.option.ReadBy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many runs one part of a job trains: an option of launchers.
 *
 * @param runs empty: as many as take long enough to be worth a job
 */
@ReadBy(ChunkSize.Type.class)
public record ChunkSize(OptionalInt runs) {

    private static final String AUTO = "auto";

    static final class Type implements OptionType<ChunkSize> {

        @Override
        public String words() {
            return AUTO + " | whole number";
        }

        @Override
        public Optional<ChunkSize> read(OptionValue value) {
            if (value.form() != OptionValue.Form.WHOLE_NUMBER) {
                return value.word(List.of(AUTO)).map(auto -> new ChunkSize(OptionalInt.empty()));
            }
            Optional<Integer> runs = value.integer();
            if (runs.isPresent() && runs.get() < 1) {
                value.refuse("must be at least 1, got " + value.got());
                return Optional.empty();
            }
            return runs.map(count -> new ChunkSize(OptionalInt.of(count)));
        }

        @Override
        public Object write(ChunkSize size) {
            return size.runs.isPresent() ? (Object) size.runs.getAsInt() : AUTO;
        }
    }
}
