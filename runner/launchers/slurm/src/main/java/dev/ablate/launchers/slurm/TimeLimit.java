package dev.ablate.launchers.slurm;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long an array task may run.
 *
 * @param words as Slurm reads it
 * @param seconds how many those are
 */
record TimeLimit(String words, long seconds) {

    /** So long before the limit a task is asked to end, to leave a checkpoint. */
    private static final long NOTICE = 60;

    private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,6})([smhd])");

    /** {@code minutes}, {@code minutes:seconds}, {@code hours:minutes:seconds}, each with {@code days-} it begins at hours. */
    private static final Pattern OF_SLURM =
            Pattern.compile("(?:([0-9]{1,6})-)?([0-9]{1,6})(?::([0-9]{1,2}))?(?::([0-9]{1,2}))?");

    /** Reads what a person writes; empty if it is not a time. */
    static Optional<TimeLimit> read(String text) {
        Matcher unit = WITH_UNIT.matcher(text);
        if (unit.matches()) {
            long seconds = Long.parseLong(unit.group(1)) * secondsOf(unit.group(2));
            return of(seconds / 60 + ":" + seconds % 60, seconds);
        }
        Matcher plain = OF_SLURM.matcher(text);
        if (!plain.matches()) {
            return Optional.empty();
        }
        OptionalLong days = number(plain, 1);
        long first = number(plain, 2).orElse(0);
        OptionalLong second = number(plain, 3);
        OptionalLong third = number(plain, 4);
        long seconds;
        if (days.isPresent()) {
            seconds = days.getAsLong() * 86_400 + first * 3_600 + second.orElse(0) * 60 + third.orElse(0);
        } else if (third.isPresent()) {
            seconds = first * 3_600 + second.orElse(0) * 60 + third.getAsLong();
        } else {
            seconds = first * 60 + second.orElse(0);
        }
        return of(text, seconds);
    }

    private static long secondsOf(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3_600;
            default -> 86_400;
        };
    }

    private static Optional<TimeLimit> of(String words, long seconds) {
        return seconds > 0 ? Optional.of(new TimeLimit(words, seconds)) : Optional.empty();
    }

    private static OptionalLong number(Matcher matcher, int group) {
        return matcher.group(group) == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(matcher.group(group)));
    }

    /** How many seconds before a limit a task is asked to end. */
    static long notice(Optional<TimeLimit> limit) {
        return limit.map(time -> Math.max(1, Math.min(NOTICE, time.seconds / 2)))
                .orElse(NOTICE);
    }
}
