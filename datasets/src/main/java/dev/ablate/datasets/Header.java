package dev.ablate.datasets;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of a table's columns, and which of them is the target.
 *
 * @param names in order, the target's among them
 * @param target the name of the column to predict
 */
record Header(List<String> names, String target) {

    /**
     * What is wrong with a header.
     *
     * @param column index (from 0) of the column; -1 if it is the target's name that is wrong
     * @param reason what is wrong and what to do
     */
    record Fault(int column, String reason) {

        boolean ofTarget() {
            return column < 0;
        }
    }

    /** Everything that is wrong, the columns from left to right and then the target; usually nothing. */
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            if (name.isBlank()) {
                faults.add(
                        new Fault(column, "column " + (column + 1) + " of " + names.size() + " has no name: name it"));
            } else if (!seen.add(name)) {
                faults.add(new Fault(column, "two columns are called '" + name + "': rename one"));
            } else if (name.equals("bias") && !target.equals("bias")) {
                faults.add(
                        new Fault(column, "a feature may not be called 'bias', the name of what is added: rename it"));
            }
        }
        if (!names.contains(target)) {
            faults.add(new Fault(-1, "no column '" + target + "'; there are " + String.join(", ", names)));
        } else if (names.size() == 1) {
            faults.add(new Fault(-1, "there is no column besides the target '" + target + "': a feature is needed"));
        }
        return faults;
    }

    /** Index of the target's column from 0; -1 if it is not there. */
    int targetIndex() {
        return names.indexOf(target);
    }

    /** The other columns, in order. */
    List<String> features() {
        return names.stream().filter(name -> !name.equals(target)).toList();
    }

    static String counted(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
