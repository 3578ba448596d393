package dev.ablate.engine.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs by the variant, and by the variant and cell, that they belong to; each in their order. Found without a look at all of them. */
final class ByGroup<T> {

    private final Map<String, Variant<T>> variants = new HashMap<>();

    private record Variant<T>(List<T> all, Map<Map<String, String>, List<T>> byCell) {

        static <T> Variant<T> empty() {
            return new Variant<>(new ArrayList<>(), new HashMap<>());
        }

        void add(T run, Map<String, String> cell) {
            all.add(run);
            byCell.computeIfAbsent(cell, none -> new ArrayList<>()).add(run);
        }
    }

    ByGroup(List<T> runs, Function<T, String> variant, Function<T, Map<String, String>> cell) {
        runs.forEach(run -> variants.computeIfAbsent(variant.apply(run), none -> Variant.empty())
                .add(run, cell.apply(run)));
    }

    /** Those of a variant, in all cells. */
    List<T> of(String variant) {
        Variant<T> found = variants.get(variant);
        return found == null ? List.of() : found.all();
    }

    /** Those of a variant in a cell. */
    List<T> of(String variant, Map<String, String> cell) {
        Variant<T> found = variants.get(variant);
        return found == null ? List.of() : found.byCell().getOrDefault(cell, List.of());
    }
}
