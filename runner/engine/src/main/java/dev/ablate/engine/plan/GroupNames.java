package dev.ablate.engine.plan;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the variant, the cell or the run that a person means.
 *
 * <p>Names have numbers in one way, {@code bias/learning_rate=2.0}; a person may write them in any way that a spec takes:
 * {@code bias/learning_rate=2}. Blanks after a comma count nothing.
 */
public final class GroupNames {

    /** A number that is a whole value, or an item of a list that is one. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<=[=\\[,])[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?(?=[,\\]/]|$)");

    private GroupNames() {}

    /**
     * The name that is meant: the very one, or else the only one with equal numbers.
     *
     * @param typed as a person wrote it
     * @param names what there is, as {@link PlannedRun#group} and {@link PlannedRun#label} give it
     */
    public static Optional<String> find(String typed, Collection<String> names) {
        if (names.contains(typed)) {
            return Optional.of(typed);
        }
        String wanted = plain(typed);
        List<String> meant = names.stream()
                .filter(name -> plain(name).equals(wanted))
                .distinct()
                .toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    /** With each number in one way, and without blanks after commas. */
    private static String plain(String name) {
        return NUMBER.matcher(name.replaceAll(",\\s+", ",")).replaceAll(GroupNames::plain);
    }

    private static String plain(MatchResult number) {
        return new BigDecimal(number.group()).stripTrailingZeros().toString();
    }
}
