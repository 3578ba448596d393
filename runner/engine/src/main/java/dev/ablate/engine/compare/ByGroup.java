package dev.ablate.engine.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Runs by the variant, and by the variant and cell, that they belong to; each in their order. Found without a look at all of them. */
final class ByGroup<T> {

    private final Map<String, List<T>> ofVariants = new HashMap<>();
    private final Map<Group, List<T>> ofGroups = new HashMap<>();

    private record Group(String variant, Map<String, String> cell) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Group that && variant.equals(that.variant) && cell.equals(that.cell);
        }

        @Override
        public int hashCode() {
            return Objects.hash(variant, cell);
        }
    }

    ByGroup(List<T> runs, Function<T, String> variant, Function<T, Map<String, String>> cell) {
        for (T run : runs) {
            String name = variant.apply(run);
            ofVariants.computeIfAbsent(name, none -> new ArrayList<>()).add(run);
            ofGroups.computeIfAbsent(new Group(name, cell.apply(run)), none -> new ArrayList<>())
                    .add(run);
        }
    }

    /** Those of a variant, in all cells. */
    List<T> of(String variant) {
        return ofVariants.getOrDefault(variant, List.of());
    }

    /** Those of a variant in a cell. */
    List<T> of(String variant, Map<String, String> cell) {
        return ofGroups.getOrDefault(new Group(variant, cell), List.of());
    }
}
