package dev.ablate.engine.runs;

import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt at a run was begun with: code, program and machine, each under a documented name.
 *
 * <p>An attempt keeps what it was begun with. Where it is resumed with something else, that is added as
 * {@code resumed.1.<name>}, and so on; a name that the later process has no value for is then there with an empty text.
 *
 * @param values texts by name, in the order of {@link #NAMES}
 */
public record Provenance(Map<String, String> values) {

    /** The commit that is checked out in the working directory. */
    public static final String GIT_COMMIT = "git_commit";

    /** {@code clean}, {@code dirty} or {@code unknown}. */
    public static final String GIT_STATE = "git_state";

    /** SHA-256 of what a dirty tree has that the commit does not. */
    public static final String GIT_PATCH_SHA256 = "git_patch_sha256";

    /** The text of that, where the spec asks for it; it never leaves the store. */
    public static final String GIT_PATCH = "git_patch";

    /** The names, in the order of all lists of them. */
    public static final List<String> NAMES = List.of(
            "ablate",
            "java",
            "virtual_machine",
            "operating_system",
            "operating_system_version",
            "architecture",
            "processors",
            "processor",
            "host",
            GIT_COMMIT,
            GIT_STATE,
            GIT_PATCH_SHA256,
            GIT_PATCH,
            "command",
            "plugins",
            "libraries");

    private static final Pattern RESUMED = Pattern.compile("resumed\\.(\\d{1,9})\\.(.*)");

    private static final Comparator<String> ORDER = Comparator.comparingInt(Provenance::resumption)
            .thenComparingInt(Provenance::position)
            .thenComparing(name -> name);

    /** Nothing is known; made last, as it sorts its names like any other. */
    public static final Provenance NONE = new Provenance(Map.of());

    /** Copies the map, in order. */
    public Provenance {
        Map<String, String> sorted = new LinkedHashMap<>();
        Map<String, String> given = values;
        given.keySet().stream().sorted(ORDER).forEach(name -> sorted.put(name, given.get(name)));
        values = Collections.unmodifiableMap(sorted);
    }

    /** What stands under a name. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** All but these names. */
    public Provenance without(Collection<String> names) {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.keySet().removeIf(name -> names.contains(plain(name)));
        return new Provenance(rest);
    }

    /** How many times the attempt was resumed with something else. */
    public int resumptions() {
        return values.keySet().stream().mapToInt(Provenance::resumption).max().orElse(0);
    }

    /** The name of what an attempt was resumed with, the first time or later. */
    public static String resumed(int time, String name) {
        return "resumed." + time + "." + name;
    }

    /** What is to be added where a process of another provenance resumes the attempt; nothing if that one knows nothing of itself. */
    Map<String, String> resumedBy(Provenance next) {
        if (next.values.isEmpty()) {
            return Map.of();
        }
        Map<String, String> last = new LinkedHashMap<>();
        values.forEach((name, value) -> last.put(plain(name), value));
        Set<String> names = new TreeSet<>(last.keySet());
        names.addAll(next.values.keySet());
        int time = resumptions() + 1;
        Map<String, String> added = new LinkedHashMap<>();
        for (String name : names) {
            String now = next.values.getOrDefault(name, "");
            if (!now.equals(last.getOrDefault(name, ""))) {
                added.put(resumed(time, name), now);
            }
        }
        return added;
    }

    /** Stores what an attempt is begun with. */
    static void add(Sql sql, long attempt, Map<String, String> values) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        values.forEach((name, value) -> rows.add(new Object[] {attempt, name, value}));
        sql.changeAll("INSERT INTO provenance (attempt, name, value) VALUES (?, ?, ?)", rows);
    }

    /** Adds what an attempt is resumed with, as far as it is something else. */
    static void resume(Sql sql, long attempt, Provenance next) throws SQLException {
        add(sql, attempt, of(sql, attempt).resumedBy(next));
    }

    static Provenance of(Sql sql, long attempt) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        sql.list(
                        "SELECT name, value FROM provenance WHERE attempt = ?",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        attempt)
                .forEach(value -> values.put(value.getKey(), value.getValue()));
        return new Provenance(values);
    }

    static List<Provenance> ofComparison(Sql sql, String comparison) throws SQLException {
        Map<Long, Map<String, String>> attempts = new LinkedHashMap<>();
        sql.each(
                "SELECT attempt.id, name, value FROM member JOIN attempt ON attempt.key = member.key AND superseded = 0"
                        + " AND status <> 'QUEUED' LEFT JOIN provenance ON provenance.attempt = attempt.id"
                        + " WHERE comparison = ? ORDER BY attempt.id",
                row -> {
                    Map<String, String> values = attempts.computeIfAbsent(row.getLong(1), id -> new LinkedHashMap<>());
                    String name = row.getString(2);
                    // one that was begun by a version that stored nothing has a row without a name
                    if (name != null) {
                        values.put(name, row.getString(3));
                    }
                    return true;
                },
                comparison);
        // most runs were begun with the same
        Map<Map<String, String>, Provenance> known = new HashMap<>();
        return attempts.values().stream()
                .map(values -> known.computeIfAbsent(values, Provenance::new))
                .toList();
    }

    private static int resumption(String name) {
        if (NAMES.contains(name)) {
            return 0;
        }
        Matcher matcher = RESUMED.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static String plain(String name) {
        Matcher matcher = RESUMED.matcher(name);
        return matcher.matches() ? matcher.group(2) : name;
    }

    private static int position(String name) {
        int position = NAMES.indexOf(plain(name));
        return position < 0 ? NAMES.size() : position;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Provenance that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
