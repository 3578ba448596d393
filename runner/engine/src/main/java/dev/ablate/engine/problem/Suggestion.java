package dev.ablate.engine.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known name that a person probably meant by an unknown one. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * The nearest name by edits (a letter put in, left out, replaced, or two neighbours swapped; case and {@code -} against
     * {@code _} count nothing); empty if none is near enough: one edit in names of up to 4 letters, two up to 8, else three.
     */
    public static Optional<String> nearest(String unknown, Collection<String> names) {
        String wanted = plain(unknown);
        int allowed = wanted.length() <= 4 ? 1 : wanted.length() <= 8 ? 2 : 3;
        return names.stream()
                .filter(name -> Math.abs(name.length() - unknown.length()) <= allowed)
                .filter(name -> edits(wanted, plain(name)) <= Math.min(allowed, name.length() - 1))
                .min(Comparator.comparingInt((String name) -> edits(wanted, plain(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code did you mean 'learning_rate'?}, or empty text where no name is near. */
    public static String didYouMean(String unknown, Collection<String> names) {
        return nearest(unknown, names)
                .map(name -> "did you mean '" + name + "'?")
                .orElse("");
    }

    /** {@code no variant 'bais'; did you mean 'bias'?}, for messages that have no place in a file. */
    public static String unknown(String what, String name, Collection<String> known) {
        String meant = didYouMean(name, known);
        return what + " '" + name + "'" + (meant.isEmpty() ? "" : "; " + meant);
    }

    /**
     * The same with a line of all that there are, if there are any.
     *
     * @param heading what they are: {@code experiments}
     */
    public static String unknown(String what, String name, Collection<String> known, String heading) {
        return unknown(what, name, known, heading, known);
    }

    /** The same where not all that is known is listed. */
    public static String unknown(
            String what, String name, Collection<String> known, String heading, Collection<String> listed) {
        return unknown(what, name, known)
                + (listed.isEmpty() ? "" : "\n    " + heading + ": " + String.join(", ", listed));
    }

    /** {@code there is bias}, {@code there are bias, no-bias} or {@code there are none}. */
    public static String there(Collection<String> names) {
        return names.isEmpty()
                ? "there are none"
                : (names.size() == 1 ? "there is " : "there are ") + String.join(", ", names);
    }

    /**
     * An unknown name in a file, with what there is and the nearest one.
     *
     * @param what {@code no variant}
     * @param there as {@link #there} gives it, or in other words
     */
    public static Problem unknown(Position at, String what, String name, String there, Collection<String> known) {
        return Problem.error(at, absent(what, name, there)).suggesting(didYouMean(name, known));
    }

    /**
     * {@code no variant 'bais'; there are bias, no-bias}: the form of all such messages.
     *
     * @param what {@code no variant}
     * @param there as {@link #there} gives it, or in other words
     */
    public static String absent(String what, String name, String there) {
        return what + " " + Problem.quoted(name) + "; " + there;
    }

    /**
     * An unknown key, with the nearest one and a note of all keys.
     *
     * @param where follows the key, such as {@code for trainer 'perceptron'} or {@code in compare}; may be empty
     * @param keys what there is, in the order in which it is to be shown
     */
    public static Problem unknownKey(Position keyAt, String key, String where, Collection<String> keys) {
        return Problem.error(keyAt, "unknown key " + Problem.quoted(key) + (where.isEmpty() ? "" : " " + where))
                .suggesting(didYouMean(key, keys))
                .noting(keys.isEmpty() ? "there are no keys here" : "keys: " + String.join(", ", List.copyOf(keys)));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Damerau's distance with neighbours swapped at most once (optimal string alignment). */
    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
