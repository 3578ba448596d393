package dev.ablate.engine.provenance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a command line what is nobody else's to read: values that are set, and credentials. */
public final class CommandMask {

    private static final String MASK = "***";

    private static final List<String> SET = List.of("--set", "-s");

    private static final Pattern SECRET =
            Pattern.compile("(?i)[a-z0-9_.-]*(?:token|secret|passw|pwd|credential|key|auth|private)[a-z0-9_.-]*");

    private static final Pattern SECRET_VALUE = Pattern.compile("^(" + SECRET.pattern() + "=).*", Pattern.DOTALL);

    /** The user, and what comes behind the path. */
    private static final Pattern USER = Pattern.compile("(?<=://)[^/?#\\s]*@");

    private static final Pattern QUERY = Pattern.compile("(://[^?#\\s]*[?#])\\S+");

    private CommandMask() {}

    /** The same words, masked. */
    public static List<String> mask(List<String> words) {
        List<String> masked = new ArrayList<>();
        String before = "";
        for (String word : words) {
            masked.add(mask(before, word));
            before = word;
        }
        return masked;
    }

    private static String mask(String before, String word) {
        if (SET.contains(before)) {
            return setting(word);
        }
        for (String option : SET) {
            if (word.startsWith(option + "=")) {
                return option + "=" + setting(word.substring(option.length() + 1));
            }
        }
        if (word.startsWith("-s") && word.length() > 2) {
            return "-s" + setting(word.substring(2));
        }
        if (before.startsWith("--") && SECRET.matcher(before).matches()) {
            return MASK;
        }
        String plain = SECRET_VALUE.matcher(word).replaceFirst("$1" + MASK);
        return QUERY.matcher(USER.matcher(plain).replaceAll(MASK + "@")).replaceAll("$1" + MASK);
    }

    private static String setting(String setting) {
        int equals = setting.indexOf('=');
        return equals < 0 ? MASK : setting.substring(0, equals + 1) + MASK;
    }
}
