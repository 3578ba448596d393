package dev.ablate.engine.plan;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The swept leaves of a run by path, in the order of its group's name.
     *
     * @param group what it is called: {@code bias/learning_rate=0.1, epochs=100}
     * @param variant the name of its variant, with which that begins
     * @param params what the run depends on by path, the swept leaves among it
     */
    public static Map<String, String> leaves(String group, String variant, Map<String, String> params) {
        Map<String, String> cell = new LinkedHashMap<>();
        String rest = group.substring(Math.min(group.length(), variant.length()));
        while (rest.length() > 2) {
            // behind a slash or a comma and a blank
            String from = rest.replaceFirst("^(/|, )", "");
            Optional<Map.Entry<String, String>> leaf = params.entrySet().stream()
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
