package dev.ablate.engine.transfer;

import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.runs.ComparisonRecord;
import dev.ablate.engine.runs.ComparisonRecord.Published;
import dev.ablate.engine.runs.Registration;
import dev.ablate.engine.runs.RunStatus;
import dev.ablate.engine.runs.RunStore;
import dev.ablate.engine.runs.StoredEffect;
import dev.ablate.worker.spec.RunKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Comparisons of a store as a file of runs has them, and back. */
final class ComparisonJson {

    private ComparisonJson() {}

    /** A comparison with those of its runs that have finished. */
    static Manifest.Compared of(ComparisonRecord comparison, RunStore store) {
        Map<String, String> files = new LinkedHashMap<>();
        store.files(comparison.key())
                .forEach((path, content) -> files.put(path, Base64.getEncoder().encodeToString(content)));
        return new Manifest.Compared(
                comparison.key(),
                comparison.name(),
                comparison.experiment(),
                comparison.tracked(),
                comparison.created().toEpochMilli(),
                comparison.ended().map(Instant::toEpochMilli).orElse(null),
                comparison.variants(),
                comparison.note(),
                comparison.sentence(),
                comparison.members().stream()
                        .filter(member -> member.run().status() == RunStatus.FINISHED)
                        .map(member -> new Manifest.Member(
                                member.run().key().hex(),
                                member.variant(),
                                member.cell(),
                                member.pair().text(),
                                member.predictions().orElse(null)))
                        .toList(),
                store.effects(comparison.key()).stream()
                        .map(ComparisonJson::effect)
                        .toList(),
                files,
                store.registration(comparison.key())
                        .map(there -> new Manifest.Registered(
                                there.name(), there.run().hex(), there.description()))
                        .orElse(null));
    }

    private static Manifest.Effect effect(StoredEffect effect) {
        return new Manifest.Effect(
                effect.metric(),
                effect.variant(),
                effect.cell(),
                effect.verdict(),
                text(effect.difference()),
                text(effect.p()),
                text(effect.low()),
                text(effect.high()));
    }

    private static @Nullable String text(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : null;
    }

    private static OptionalDouble number(@Nullable String text) {
        return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    /** Takes a comparison into a store that has its runs; false if it had all of it. */
    static boolean take(Manifest.Compared comparison, RunStore store) {
        List<ComparisonRecord.Member> members = new ArrayList<>();
        Map<RunKey, String> predictions = new LinkedHashMap<>();
        for (Manifest.Member member : comparison.members()) {
            RunKey key = new RunKey(member.key());
            store.find(key)
                    .ifPresent(run -> members.add(new ComparisonRecord.Member(
                            run,
                            member.variant(),
                            member.cell(),
                            new Pair(member.pair()),
                            Optional.ofNullable(member.predictions()))));
            if (member.predictions() != null) {
                predictions.put(key, member.predictions());
            }
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        comparison
                .files()
                .forEach((path, content) -> files.put(path, Base64.getDecoder().decode(content)));
        return store.adopt(
                new ComparisonRecord(
                        comparison.key(),
                        comparison.name(),
                        comparison.experiment(),
                        comparison.tracked(),
                        Instant.ofEpochMilli(comparison.created()),
                        Optional.ofNullable(comparison.ended()).map(Instant::ofEpochMilli),
                        comparison.variants(),
                        comparison.note(),
                        comparison.sentence(),
                        members),
                new Published(
                        comparison.note(),
                        comparison.sentence(),
                        comparison.effects().stream()
                                .map(ComparisonJson::effect)
                                .toList(),
                        files,
                        predictions),
                Optional.ofNullable(comparison.registered())
                        .map(there -> new Registration(there.name(), new RunKey(there.run()), there.description())));
    }

    private static StoredEffect effect(Manifest.Effect effect) {
        return new StoredEffect(
                effect.metric(),
                effect.variant(),
                effect.cell(),
                effect.verdict(),
                number(effect.difference()),
                number(effect.p()),
                number(effect.low()),
                number(effect.high()));
    }
}
