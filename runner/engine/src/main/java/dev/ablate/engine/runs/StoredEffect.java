package dev.ablate.engine.runs;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.ablate.engine.runs.sqlite.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one variant changes in one metric, as it was when its comparison ended.
 *
 * @param metric the metric's name
 * @param variant the side that is compared with the baseline
 * @param cell the swept leaves by path; empty without a sweep
 * @param verdict what it comes to, in a word
 * @param difference mean over the pairs of variant minus baseline; empty without a pair
 * @param p what a test says; empty where none was made
 * @param low the lower end of the difference's interval; empty where there is none
 * @param high its upper end; likewise
 */
public record StoredEffect(
        String metric,
        String variant,
        Map<String, String> cell,
        String verdict,
        OptionalDouble difference,
        OptionalDouble p,
        OptionalDouble low,
        OptionalDouble high) {

    private static final Gson GSON = new Gson();

    /** Copies the map, keeping its order. */
    public StoredEffect {
        cell = Collections.unmodifiableMap(new LinkedHashMap<>(cell));
    }

    static void put(Sql sql, String comparison, List<StoredEffect> effects) throws SQLException {
        sql.change("DELETE FROM effect WHERE comparison = ?", comparison);
        for (int position = 0; position < effects.size(); position++) {
            StoredEffect effect = effects.get(position);
            sql.change(
                    "INSERT INTO effect (comparison, position, metric, variant, cell, verdict, difference, p, low, high)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    comparison,
                    position,
                    effect.metric,
                    effect.variant,
                    GSON.toJson(effect.cell),
                    effect.verdict,
                    column(effect.difference),
                    column(effect.p),
                    column(effect.low),
                    column(effect.high));
        }
    }

    static List<StoredEffect> of(Sql sql, String comparison) throws SQLException {
        return sql.list(
                "SELECT metric, variant, cell, verdict, difference, p, low, high FROM effect WHERE comparison = ?"
                        + " ORDER BY position",
                row -> new StoredEffect(
                        row.getString("metric"),
                        row.getString("variant"),
                        cell(row.getString("cell")),
                        row.getString("verdict"),
                        number(row, "difference"),
                        number(row, "p"),
                        number(row, "low"),
                        number(row, "high")),
                comparison);
    }

    private static Map<String, String> cell(String text) {
        Map<String, String> cell = new LinkedHashMap<>();
        for (Map.Entry<String, JsonElement> leaf :
                JsonParser.parseString(text).getAsJsonObject().entrySet()) {
            cell.put(leaf.getKey(), leaf.getValue().getAsString());
        }
        return cell;
    }

    private static @Nullable Double column(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** Of a store that was brought up to date it is the text that a report had, so that no digit gets lost. */
    private static OptionalDouble number(ResultSet row, String column) throws SQLException {
        Object value = row.getObject(column);
        if (value == null) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString()));
    }
}
