package dev.ablate.engine;

import dev.ablate.engine.plan.PlannedRun;
import dev.ablate.engine.runs.ComparisonRecord.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The swept leaves of a stored run, read from what its group is called. */
final class StoredCell {

    private StoredCell() {}

    /**
     * The leaves by path, in the order of the name.
     *
     * @param member of a comparison, whose group is called {@code bias/learning_rate=0.1, epochs=100}; each leaf is one of the run's
     */
    static Map<String, String> of(Member member) {
        Map<String, String> cell = new LinkedHashMap<>();
        String rest = member.cell()
                .substring(Math.min(member.cell().length(), member.variant().length()));
        while (rest.length() > 2) {
            // behind a slash or a comma and a blank
            String from = rest.replaceFirst("^(/|, )", "");
            Optional<Map.Entry<String, String>> leaf = member.run().params().entrySet().stream()
                    .filter(param -> length(param, from) > 0)
                    .max((one, other) -> Integer.compare(length(one, from), length(other, from)));
            if (leaf.isEmpty()) {
                break;
            }
            cell.put(leaf.get().getKey(), leaf.get().getValue());
            rest = from.substring(length(leaf.get(), from));
        }
        return cell;
    }

    /** How much of a text a leaf is, with its path or the last word of it; 0 if it does not begin so. */
    private static int length(Map.Entry<String, String> leaf, String text) {
        for (String name : List.of(leaf.getKey(), PlannedRun.lastWord(leaf.getKey()))) {
            String written = name + "=" + leaf.getValue();
            if (text.equals(written) || text.startsWith(written + ", ")) {
                return written.length();
            }
        }
        return 0;
    }
}
