package dev.ablate.runner.plan;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Identities: SHA-256 over canonical text, one leaf a line, sorted by path. */
final class Keys {

    private Keys() {}

    /** All that a run depends on but its seed, as text. */
    static String text(Map<String, String> leaves) {
        return new TreeMap<>(leaves)
                .entrySet().stream()
                        .map(leaf -> line(leaf.getKey(), leaf.getValue()))
                        .collect(Collectors.joining());
    }

    /** The key of one run. */
    static RunKey ofRun(String text, long seed) {
        return new RunKey(sha256(text + line("seed", Long.toString(seed))));
    }

    /** The key of a comparison: its name, its baseline, and what each variant is, whatever the seeds. */
    static String ofComparison(String name, String baseline, Map<String, String> textByVariant) {
        List<String> lines = new ArrayList<>();
        lines.add(line("name", name));
        lines.add(line("baseline", baseline));
        textByVariant.forEach((variant, text) -> lines.add(line("variant", variant) + text));
        return sha256(String.join("", lines));
    }

    /** A line break in a value is escaped, so that no value can be taken for two leaves. */
    private static String line(String path, String value) {
        return path + "=" + value.replace("\\", "\\\\").replace("\n", "\\n") + "\n";
    }

    private static String sha256(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }
}
