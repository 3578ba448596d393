package dev.ablate.engine;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Evidence;
import dev.ablate.engine.runs.StoredEffect;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Effects as they are stored, and shown by trackers. */
final class StoredEffects {

    private StoredEffects() {}

    static List<StoredEffect> of(List<Effect> effects) {
        return effects.stream().map(StoredEffects::of).toList();
    }

    private static StoredEffect of(Effect effect) {
        return new StoredEffect(
                effect.metric().name(),
                effect.variant().name(),
                effect.cell(),
                effect.verdict().word(),
                finite(effect.difference()),
                evidence(effect, Evidence::p),
                evidence(effect, Evidence::low),
                evidence(effect, Evidence::high));
    }

    private static OptionalDouble evidence(Effect effect, ToDoubleFunction<Evidence> part) {
        return effect.evidence().map(found -> finite(part.applyAsDouble(found))).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble finite(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
}
