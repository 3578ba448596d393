package dev.ablate.core.training;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import dev.ablate.core.option.OptionValue.Form;
import java.util.Optional;

/** The word {@code all}, or a number. */
final class BatchType implements OptionType<Batch> {

    @Override
    public String words() {
        return "all | whole number";
    }

    @Override
    public Optional<Batch> read(OptionValue value) {
        if (value.form() == Form.TEXT && value.text().equals(Optional.of("all"))) {
            return Optional.of(new Batch.All());
        }
        if (value.form() != Form.WHOLE_NUMBER) {
            value.refuse("must be all or a whole number, got " + value.got());
            return Optional.empty();
        }
        return value.integer()
                .filter(count -> {
                    if (count < 1) {
                        value.refuse("must be all or at least 1, got " + value.got());
                    }
                    return count >= 1;
                })
                .map(Batch.Rows::new);
    }

    @Override
    public Object write(Batch batch) {
        return batch instanceof Batch.Rows rows ? (Object) rows.count() : "all";
    }
}
