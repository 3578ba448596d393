package dev.ablate.engine.report.html.chart;

import dev.ablate.engine.compare.Effect;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.report.Palette;
import dev.ablate.engine.report.layout.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The difference of every pair, from the lowest to the highest: whether many pairs differ, or a few by much. */
final class DifferenceCharts {

    /** More variants nobody distinguishes in one plane. */
    private static final int MOST_VARIANTS = 8;

    /** More dots of a variant cover each other: of more, dots at even distances are drawn, with both ends. */
    private static final int MOST_DOTS = 400;

    private DifferenceCharts() {}

    /** Of the primary metric, where there is no sweep. */
    static List<Chart> of(Findings findings) {
        Question question = findings.question();
        List<Effect> effects = findings.effects(question.primary()).stream()
                .filter(effect -> effect.n() > 1 && !effect.deterministic())
                .limit(MOST_VARIANTS)
                .toList();
        return question.hasCells() || effects.isEmpty() ? List.of() : List.of(chart(findings, effects));
    }

    private static Chart chart(Findings findings, List<Effect> effects) {
        Question question = findings.question();
        List<Object> series = new ArrayList<>();
        List<Chart.Entry> legend = new ArrayList<>();
        DoubleStream heights = DoubleStream.of(0);
        int most = 0;
        boolean thinned = false;
        for (Effect effect : effects) {
            List<Map.Entry<Pair, Double>> sorted = findings.differences(effect).entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .toList();
            most = Math.max(most, sorted.size());
            thinned |= sorted.size() > MOST_DOTS;
            heights = DoubleStream.concat(heights, sorted.stream().mapToDouble(Map.Entry::getValue));
            String variant = effect.variant().name();
            int place = question.variants().indexOf(variant);
            Sign sign = Sign.dot(Sign.SYMBOLS.get(place % Sign.SYMBOLS.size()), Palette.colour(place));
            series.add(ChartOption.of(
                    "type",
                    "scatter",
                    "name",
                    variant,
                    "color",
                    sign.colour(),
                    "symbol",
                    sign.symbol(),
                    "symbolSize",
                    sorted.size() > 50 ? 5 : 8,
                    "data",
                    dots(sorted, variant)));
            legend.add(new Chart.Entry(variant, sign, List.of(variant)));
        }
        series.add(
                ChartOption.dashed("no difference", List.of(ChartOption.point(0, 0), ChartOption.point(most + 1, 0))));
        String nouns = Numbers.plural(question.pairNoun());
        Map<String, Object> option = ChartOption.plane(
                ChartOption.axis(nouns + ", from the lowest difference", Ticks.from(DoubleStream.of(0, most + 1))),
                ChartOption.axis("difference", Ticks.around(heights)));
        option.put("tooltip", ChartOption.of("trigger", "item"));
        option.put("series", series);
        String better = switch (question.primary().goal()) {
            case MINIMIZE -> "Below";
            case MAXIMIZE -> "Above";
        };
        return Chart.of(
                "Differences in " + question.primary().name() + ", pair by pair",
                "Each dot: what one " + question.pairNoun() + " has with the variant less what it has with "
                        + question.baseline() + ". " + better + " the line at 0 the variant is better."
                        + (thinned ? " Of more than " + MOST_DOTS + " some at even distances are drawn." : ""),
                Chart.MEDIUM,
                legend,
                option);
    }

    private static List<Object> dots(List<Map.Entry<Pair, Double>> sorted, String variant) {
        int drawn = Math.min(MOST_DOTS, sorted.size());
        List<Object> dots = new ArrayList<>();
        for (int i = 0; i < drawn; i++) {
            int at = drawn == 1 ? 0 : (int) Math.round((double) i * (sorted.size() - 1) / (drawn - 1));
            double difference = sorted.get(at).getValue();
            dots.add(ChartOption.of(
                    "value",
                    ChartOption.point(at + 1, difference),
                    "tip",
                    variant + ", " + sorted.get(at).getKey().inWords() + ": " + Numbers.rounded(difference)));
        }
        return dots;
    }
}
