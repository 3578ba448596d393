package dev.ablate.engine.experiment;

import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h} and {@code none}. */
final class Durations {

    private static final String REQUIREMENT = "must be a time such as 500ms, 30s, 2m or 1h, or none";

    /** Nine digits of hours are a hundred thousand years. */
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Durations() {}

    /** The time; empty for {@code none}, and where it is none, which is reported. */
    static Optional<Duration> read(Reading reading) {
        if (!(reading.node() instanceof Node.Scalar scalar)) {
            return reading.refused(Reading.Wanted.OTHER, REQUIREMENT);
        }
        if (scalar.text().equals("none")) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(scalar.text());
        if (!form.matches()) {
            boolean bare = scalar.kind() == Node.Kind.INTEGER && scalar.text().matches("[0-9]{1,9}");
            if (!bare) {
                return reading.refused(Reading.Wanted.OTHER, REQUIREMENT);
            }
            reading.refuse(REQUIREMENT + ", got " + reading.got(), "write " + scalar.text() + "s for seconds");
            return Optional.empty();
        }
        long amount = Long.parseLong(form.group(1));
        if (amount == 0) {
            reading.refuse("must be longer than nothing, got " + reading.got(), "write none for no time-out");
            return Optional.empty();
        }
        return Optional.of(
                switch (form.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }
}
