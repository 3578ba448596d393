package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that are tried for some leaves.
 *
 * @param at where the block begins
 * @param zip whether the first values go together, then the second ones, and so on; false: every value with every other
 * @param params in the order written, at least one
 */
public record Sweep(Position at, boolean zip, List<Param> params) {

    /** More cells than this are more than anybody means. */
    static final int MOST = 100_000;

    /** Copies the list. */
    public Sweep {
        params = List.copyOf(params);
    }

    /**
     * One leaf with its values.
     *
     * @param path dotted, such as {@code trainer.learning_rate}
     * @param keyAt where the path stands
     * @param values at least one
     */
    public record Param(String path, Position keyAt, List<Node> values) {
        /** Copies the list. */
        public Param {
            values = List.copyOf(values);
        }
    }

    /** How many cells there are; at most {@code Integer.MAX_VALUE} is reported. */
    public long size() {
        if (zip) {
            return longest();
        }
        long size = 1;
        for (Param param : params) {
            size = Math.min(Integer.MAX_VALUE, size * param.values().size());
        }
        return size;
    }

    /**
     * What is changed in each cell, by path; of a grid, the last leaf varies fastest.
     *
     * @param most if there are more cells, as many of them as it takes that each value occurs
     */
    List<Map<String, Setting>> cells(long most) {
        boolean all = size() <= most;
        long number = all ? size() : longest();
        List<Map<String, Setting>> cells = new ArrayList<>();
        for (int cell = 0; cell < number; cell++) {
            cells.add(cell(cell, all && !zip));
        }
        return cells;
    }

    private int longest() {
        return params.stream().mapToInt(param -> param.values().size()).max().orElse(0);
    }

    private Map<String, Setting> cell(int number, boolean grid) {
        Map<String, Setting> cell = new LinkedHashMap<>();
        int below = grid ? (int) size() : 1;
        for (Param param : params) {
            int length = param.values().size();
            below = grid ? below / length : 1;
            Node value = param.values().get(number / below % length);
            cell.put(param.path(), new Setting(param.path(), param.keyAt(), value, Optional.empty()));
        }
        return cell;
    }
}
