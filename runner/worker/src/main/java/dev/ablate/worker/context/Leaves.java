package dev.ablate.worker.context;

import dev.ablate.worker.spec.KeyText;
import dev.ablate.worker.spec.RunSpec;
import java.util.Map;
import java.util.Objects;

/** What the key of a submitted run is a hash of, held against what is found here. */
final class Leaves {

    private final Map<String, String> submitted;

    Leaves(RunSpec spec) {
        this.submitted = KeyText.leaves(spec.leaves());
    }

    /**
     * Checks a leaf.
     *
     * @throws IllegalArgumentException if it was another, or was not there, when the run was submitted
     */
    void check(String path, String here) {
        String there = submitted.get(path);
        if (!Objects.equals(there, here)) {
            throw new IllegalArgumentException(path + " is " + here + " here, and was "
                    + (there == null ? "not known" : there) + " where the run was submitted");
        }
    }

    /** What a leaf of something was that is missing here, to be added to a message; empty if that is not known. */
    String was(String path) {
        String there = submitted.get(path);
        return there == null ? "" : ", and " + path + " was " + there + " where the run was submitted";
    }

    /** Checks a leaf that need not be there. */
    void checkIfThere(String path, String here) {
        if (submitted.containsKey(path)) {
            check(path, here);
        }
    }
}
