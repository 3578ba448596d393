package dev.ablate.datasets.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of a table's columns, and which of them is the target.
 *
 * @param names in order, the target's among them
 * @param target the name of the column to predict
 * @param ignored names of columns that are not looked at
 */
record Header(List<String> names, String target, Set<String> ignored) {

    /** So many columns are named in a message. */
    private static final int SHOWN = 12;

    /**
     * What is wrong with a header.
     *
     * @param column index (from 0) of the column; -1 if it is the target's name that is wrong
     * @param reason what is wrong and what to do
     * @param inFile the same of a header that stands in a file
     */
    record Fault(int column, String reason, String inFile) {

        boolean ofTarget() {
            return column < 0;
        }
    }

    /** No column is ignored. */
    Header(List<String> names, String target) {
        this(names, target, Set.of());
    }

    /** Everything that is wrong, the columns from left to right and then the target; usually nothing. */
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            Integer other = seen.putIfAbsent(name, column);
            if (name.isBlank()) {
                String reason = "column " + (column + 1) + " of " + names.size() + " has no name: name it";
                faults.add(new Fault(column, reason, reason));
            } else if (other != null && !ignored.contains(name)) {
                faults.add(new Fault(
                        column,
                        "two columns are called '" + name + "': rename one",
                        "columns " + (other + 1) + " and " + (column + 1) + " are both called '" + name
                                + "': rename one, " + newNames()));
            } else if (name.equals("bias") && !target.equals("bias") && !ignored.contains("bias")) {
                String reason = "a feature may not be called 'bias', the name of what is added: rename it";
                faults.add(new Fault(column, reason, reason + ", " + newNames()));
            }
        }
        if (!names.contains(target)) {
            String reason = "no column '" + target + "'; there are " + shown();
            faults.add(new Fault(-1, reason, reason));
        } else if (features().isEmpty()) {
            String reason = "there is no column besides the target '" + target + "': a feature is needed";
            faults.add(new Fault(-1, reason, reason));
        }
        return faults;
    }

    private String shown() {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }

    /** How to give each column a name of its own. */
    private String newNames() {
        List<String> others = new ArrayList<>();
        for (String name : names) {
            String other = name.equals("bias") && !target.equals("bias") ? "bias_2" : name;
            for (int next = 2; others.contains(other); next++) {
                other = name + "_" + next;
            }
            others.add(other);
        }
        String list = others.size() <= SHOWN ? String.join(", ", others) : others.get(0) + ", ...";
        return "or give all names: columns: [" + list + "] with header: true";
    }

    /** Index of the target's column from 0; -1 if it is not there. */
    int targetIndex() {
        return names.indexOf(target);
    }

    /** The other columns that are looked at, in order. */
    List<String> features() {
        return names.stream()
                .filter(name -> !name.equals(target) && !ignored.contains(name))
                .toList();
    }
}
