package dev.ablate.mlflow.image;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names as MLflow takes them: letters, digits, {@code _ - . : /} and blanks, at most 250 characters, no path that means another.
 *
 * <p>What it does not take becomes {@code _}. Of names that would then be one, those that were changed get a few digits of their
 * own at the end. The same known names give the same keys, in whatever order they come.
 */
final class Keys {

    private static final int LONGEST = 250;
    private static final int MOST_BYTES = 200;

    private final Map<String, String> keys = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** @param known all names as far as they are known; others can be asked for later */
    Keys(Collection<String> known) {
        Set<String> names = new TreeSet<>(known);
        Map<String, Integer> alike = new HashMap<>();
        for (String name : names) {
            alike.merge(clean(name), 1, Integer::sum);
        }
        for (String name : names) {
            String clean = clean(name);
            take(name, clean.equals(name) || alike.getOrDefault(clean, 0) == 1 ? clean : distinct(name));
        }
    }

    /** The key of a name. */
    String of(String name) {
        String known = keys.get(name);
        if (known != null) {
            return known;
        }
        String clean = clean(name);
        return take(name, taken.contains(clean) ? distinct(name) : clean);
    }

    private String take(String name, String key) {
        keys.put(name, key);
        taken.add(key);
        return key;
    }

    private static String clean(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        for (String part : name.split("/", -1)) {
            StringBuilder word = new StringBuilder();
            part.codePoints()
                    .map(c -> Character.isLetterOrDigit(c) || "_-.: ".indexOf(c) >= 0 ? c : '_')
                    .forEach(word::appendCodePoint);
            boolean elsewhere = word.isEmpty()
                    || word.toString().equals(".")
                    || word.toString().equals("..");
            clean.append(elsewhere ? "_" : word).append('/');
        }
        clean.setLength(clean.length() - 1);
        return clean.length() <= LONGEST ? clean.toString() : cut(clean.toString(), LONGEST - 9) + digits(name);
    }

    private static String distinct(String name) {
        return cut(clean(name), LONGEST - 5) + "_" + Digest.of(name).substring(0, 4);
    }

    /** The name that a run gets, within {@value #LONGEST} characters, as some of MLflow's databases hold no more. */
    static String label(String name) {
        return name.length() <= LONGEST ? name : cut(name, LONGEST - 9) + digits(name);
    }

    /** A key as the name of one file, within {@value #MOST_BYTES} bytes: file systems take 255. */
    static String file(String key) {
        String name = key.replace('/', '_');
        if (name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
            return name;
        }
        int length = Math.min(name.length(), MOST_BYTES);
        while (name.substring(0, length).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            length--;
        }
        return cut(name, length) + digits(key);
    }

    private static String digits(String name) {
        return "_" + Digest.of(name).substring(0, 8);
    }

    private static String cut(String text, int length) {
        int end = Math.min(text.length(), length);
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
