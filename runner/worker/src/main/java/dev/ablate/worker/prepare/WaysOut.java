package dev.ablate.worker.prepare;

import java.util.List;

/** What a person can write so that columns stand in the way no more. */
public final class WaysOut {

    private WaysOut() {}

    /** That columns are left out, to stand behind a comma or a semicolon. */
    public static String leaveOut(List<String> names) {
        return "give a table's ignore: [" + String.join(", ", names)
                + "], or name the other features under data.features";
    }
}
