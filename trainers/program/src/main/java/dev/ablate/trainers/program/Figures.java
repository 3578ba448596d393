package dev.ablate.trainers.program;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with names in a line of output: {@code step=100 loss: 0.3}, or a JSON object. */
final class Figures {

    private static final Pattern NAMED = Pattern.compile("(?<![\\w./-])([A-Za-z_][\\w./-]*+)\\s*+[=:]\\s*+"
            + "([-+]?+(?:\\d++(?:\\.\\d*+)?+(?:[eE][-+]?+\\d++)?+|\\.\\d++(?:[eE][-+]?+\\d++)?+|(?i:nan|inf(?:inity)?+)))"
            + "(?![\\w%]|[.,]\\d)(\\s*+/\\s*+\\d)?+");

    /** Colours and the like, for a terminal. */
    private static final Pattern ESCAPES = Pattern.compile("\\e\\[[0-9;?]*+[A-Za-z]");

    private Figures() {}

    /** The last number of each name, in the order in which names come. */
    static Map<String, Double> in(String line) {
        String plain = ESCAPES.matcher(line).replaceAll("");
        String text = plain.strip();
        if (text.startsWith("{") && text.endsWith("}")) {
            Map<String, Double> figures = new LinkedHashMap<>();
            try {
                object(text, figures);
                return figures;
            } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
                // it only looks like JSON
                figures.clear();
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        Matcher found = NAMED.matcher(plain);
        while (found.find()) {
            String name = found.group(1);
            // 45/50 is a share, and 45 is not; of steps it is how far it is
            if (found.group(3) == null || name.equals(Reporter.STEP)) {
                figures.put(name, number(found.group(2)));
            }
        }
        return figures;
    }

    private static void object(String text, Map<String, Double> figures) {
        JsonObject object = JsonParser.parseString(text).getAsJsonObject();
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            JsonElement value = entry.getValue();
            // Python writes NaN and Infinity, which Gson reads as texts
            boolean number = value.isJsonPrimitive()
                    && (value.getAsJsonPrimitive().isNumber()
                            || value.getAsString().matches("[-+]?(NaN|nan|Infinity|inf)"));
            if (number) {
                figures.put(entry.getKey(), number(value.getAsString()));
            }
        }
    }

    private static double number(String text) {
        String plain = text.replaceFirst("^[-+]", "");
        if (plain.toLowerCase(Locale.ROOT).startsWith("nan")) {
            return Double.NaN;
        }
        if (plain.toLowerCase(Locale.ROOT).startsWith("inf")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(text);
    }
}
