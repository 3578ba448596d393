package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one file, or the options of the command line, say: leaves by path, a null being one that deletes.
 *
 * @param leaves outside variants
 * @param containers maps by path, and where their keys stand: an empty one counts too
 * @param variants by name
 */
record SpecLayer(Map<String, Setting> leaves, Map<String, Position> containers, Map<String, Variant> variants) {

    /** What nothing is said in yet. */
    SpecLayer() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** A leaf can be written in two ways, {@code trainer.bias: x} and {@code trainer: { bias: x }}, and set by two options. */
    void put(Setting setting, Problems problems) {
        Setting first = leaves.putIfAbsent(setting.path(), setting);
        if (first != null) {
            problems.add(Problem.error(setting.keyAt(), setting.path() + " is given twice")
                    .suggesting("it is also given by " + first.keyAt()));
        }
    }

    /**
     * What a layer says of one variant.
     *
     * @param at where its name stands
     * @param deleted whether it is taken away
     * @param broken whether something in it was wrong, so that it says less than was meant
     * @param layer what it changes
     */
    record Variant(Position at, boolean deleted, boolean broken, SpecLayer layer) {

        /** One that changes nothing yet. */
        Variant(Position at, boolean deleted) {
            this(at, deleted, false, new SpecLayer());
        }

        Variant asBroken() {
            return new Variant(at, deleted, true, layer);
        }

        Map<String, Setting> leaves() {
            return layer.leaves();
        }
    }
}
