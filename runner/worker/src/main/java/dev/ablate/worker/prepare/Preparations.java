package dev.ablate.worker.prepare;

import dev.ablate.core.data.DataException;
import dev.ablate.core.data.Dataset;
import dev.ablate.worker.spec.PrepareSettings;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes each preparation once, however many runs share it. Used by one thread. */
public final class Preparations {

    private final IdentityHashMap<Dataset, Map<Choice, Preparation>> made = new IdentityHashMap<>();

    private record Choice(List<String> features, PrepareSettings settings) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Choice that && features.equals(that.features) && settings.equals(that.settings);
        }

        @Override
        public int hashCode() {
            return Objects.hash(features, settings);
        }
    }

    /**
     * See {@link Preparation#of}.
     *
     * @throws DataException if something stands in its way
     */
    public Preparation of(Dataset raw, List<String> features, PrepareSettings settings) {
        Map<Choice, Preparation> known = made.computeIfAbsent(raw, none -> new HashMap<>());
        Choice choice = new Choice(List.copyOf(features), settings);
        Preparation preparation = known.get(choice);
        if (preparation == null) {
            preparation = Preparation.of(raw, features, settings);
            known.put(choice, preparation);
        }
        return preparation;
    }
}
