package dev.ablate.engine.plan;

import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.worker.prepare.Preparation;
import dev.ablate.worker.spec.EncodeSettings;
import dev.ablate.worker.spec.MissingSettings;
import dev.ablate.worker.spec.ScaleSettings;
import dev.ablate.worker.spec.SplitSettings;
import dev.ablate.worker.spec.StopRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Settings as leaves of a spec, each value in one way only: for keys and for what is logged. What is not set has no leaves, so
 * that a run stays the same run whatever else could be set.
 */
public final class SettingLeaves {

    private SettingLeaves() {}

    public static Map<String, String> of(Optional<SplitSettings> split) {
        Map<String, String> leaves = new LinkedHashMap<>();
        split.ifPresent(settings -> {
            if (settings.fold().isPresent()) {
                leaves.put(
                        "data.split.folds",
                        Integer.toString(settings.fold().get().of()));
            } else if (settings.file().isPresent()) {
                leaves.put("data.split.test_file", settings.file().get());
                if (settings.hasValidation()) {
                    leaves.put("data.split.take", word(settings.take()));
                    leaves.put("data.split.per", word(settings.per()));
                }
            } else {
                leaves.put("data.split.test", CanonicalText.number(settings.test()));
                leaves.put("data.split.take", word(settings.take()));
                if (settings.take() == SplitSettings.Take.RANDOM) {
                    leaves.put("data.split.per", word(settings.per()));
                }
            }
            if (settings.hasValidation()) {
                leaves.put("data.split.validation", CanonicalText.number(settings.validation()));
            }
            if (settings.stratify()) {
                leaves.put("data.split.stratify", "true");
            }
            settings.group().ifPresent(column -> leaves.put("data.split.group", CanonicalText.text(column)));
        });
        return leaves;
    }

    /** What is asked for of missing values and categories, as far as the data have them. */
    public static Map<String, String> of(Preparation preparation) {
        MissingSettings missing = preparation.settings().missing();
        EncodeSettings encode = preparation.settings().encode();
        Map<String, String> leaves = new LinkedHashMap<>();
        if (preparation.missesNumbers()) {
            leaves.put("data.missing.numbers", word(missing.numbers()));
            if (missing.indicator() && missing.numbers() != MissingSettings.Numbers.DROP) {
                leaves.put("data.missing.indicator", "true");
            }
        }
        if (preparation.missesCategories()) {
            leaves.put("data.missing.categories", word(missing.categories()));
        }
        if (preparation.hasCategories()) {
            leaves.put("data.encode.categories", word(encode.categories()));
            switch (encode.categories()) {
                case REFERENCE -> leaves.put("data.encode.reference", reference(encode));
                case ORDINAL -> leaves.put("data.encode.order", order(encode.order()));
                case ONE_HOT -> {}
            }
            if (encode.rare() > 0) {
                leaves.put("data.encode.rare", CanonicalText.number(encode.rare()));
            }
        }
        return leaves;
    }

    private static String reference(EncodeSettings encode) {
        if (encode.references().isEmpty()) {
            return encode.most() ? "most" : "first";
        }
        return map(encode.references(), CanonicalText::text);
    }

    private static String order(Map<String, List<String>> order) {
        return map(order, CanonicalText::texts);
    }

    /** {@code {a: x, b: y}}, by name. */
    private static <T> String map(Map<String, T> values, Function<T, String> text) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> CanonicalText.text(entry.getKey()) + ": " + text.apply(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The features that are used; nothing of data without columns. */
    public static Map<String, String> ofFeatures(Preparation preparation) {
        return preparation.raw().isNone()
                ? Map.of()
                : Map.of("data.features", CanonicalText.texts(preparation.features()));
    }

    public static Map<String, String> of(ScaleSettings scale) {
        Map<String, String> leaves = new LinkedHashMap<>();
        if (!scale.equals(ScaleSettings.NONE)) {
            leaves.put("data.scale.features", word(scale.features()));
            leaves.put("data.scale.target", word(scale.target()));
        }
        return leaves;
    }

    public static Map<String, String> ofStop(Optional<StopRule> stop) {
        Map<String, String> leaves = new LinkedHashMap<>();
        stop.ifPresent(rule -> {
            leaves.put("stop.when", rule.when().toString());
            if (rule instanceof StopRule.Bound bound) {
                leaves.put(bound.below() ? "stop.below" : "stop.above", CanonicalText.number(bound.bound()));
                leaves.put("stop.for", Long.toString(bound.updates()));
            } else if (rule instanceof StopRule.NoBetter better) {
                leaves.put("stop.no_better_for", Long.toString(better.updates()));
                leaves.put("stop.min_delta", CanonicalText.number(better.minDelta()));
                if (better.best()) {
                    leaves.put("stop.keep", "best");
                }
            }
        });
        return leaves;
    }

    /** {@code min-max}: the word in a spec. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
