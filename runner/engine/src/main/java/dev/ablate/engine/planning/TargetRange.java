package dev.ablate.engine.planning;

import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.Task;
import dev.ablate.core.training.AnswerRange;
import dev.ablate.engine.catalog.Bound;
import dev.ablate.engine.catalog.BoundOption;
import dev.ablate.engine.catalog.CanonicalText;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.data.ColumnScale;
import dev.ablate.worker.spec.ScaleSettings.Method;
import dev.ablate.worker.text.Phrases;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;

/**
 * The range of a target as a trainer sees it: scaled, as the spec says.
 *
 * <p>Scaling is fitted on all rows here and on the training part in a run. What is in reach for the one is in reach for the
 * other, but for rows of a test part that lie a little outside the training part.
 *
 * @param least the smallest target
 * @param most the greatest target
 */
record TargetRange(double least, double most) {

    static TargetRange of(Dataset data, Method method) {
        if (data.task() == Task.CLASSES) {
            // a number for each class: 1 for the one that is right, 0 for the others
            return new TargetRange(0, 1);
        }
        DoubleSummaryStatistics targets = data.examples().targetStream().summaryStatistics();
        if (method == Method.NONE) {
            return new TargetRange(targets.getMin(), targets.getMax());
        }
        ColumnScale scale = ColumnScale.fit(method, data.examples().targets());
        return new TargetRange(scale.scaled(targets.getMin()), scale.scaled(targets.getMax()));
    }

    /** Reports a target that a trained model can never answer. */
    static void check(Bound<BoundTrainer> trainer, Dataset data, Method method, Problems problems) {
        Optional<AnswerRange> answers = trainer.answerRange(problems);
        if (answers.isPresent()) {
            TargetRange targets = of(data, method);
            if (!answers.get().contains(targets.least) || !answers.get().contains(targets.most)) {
                problems.add(targets.outside(answers.get(), trainer, data, method));
            }
        }
    }

    private Problem outside(AnswerRange answers, Bound<BoundTrainer> trainer, Dataset data, Method method) {
        Optional<BoundOption> option = trainer.option(answers.option());
        Optional<Setting> given = option.flatMap(BoundOption::setting);
        Position at = given.map(setting -> setting.value().at()).orElseGet(trainer::pluginAt);
        String path = given.isPresent() && at.isOption() ? "" : trainer.word() + "." + answers.option() + ": ";
        String who =
                option.map(limiting -> path + limiting.text()).orElse(trainer.word() + " '" + trainer.plugin() + "'");
        String scaled = method == Method.NONE ? "" : ", with data.scale.target: " + word(method) + ",";
        String message = who + " answers " + words(answers) + ", and the target " + data.target()
                + switch (data.task()) {
                    case BINARY_CLASSIFICATION -> " is coded 0 or 1";
                    case CLASSES -> " is coded 0 or 1 for each class";
                    case REGRESSION -> scaled + " is " + words(method);
                }
                + given.map(Setting::overriding).orElse("");
        return Problem.error(at, message).suggesting(wayOut(answers, data, method));
    }

    private static String wayOut(AnswerRange answers, Dataset data, Method method) {
        boolean stretched = data.task() == Task.REGRESSION
                && method != Method.MIN_MAX
                && answers.contains(0)
                && answers.contains(1);
        String scale = stretched ? "scale the target from 0 to 1, with data.scale: { target: min-max }" : "";
        return answers.instead() + (answers.instead().isEmpty() || scale.isEmpty() ? "" : "; or ") + scale;
    }

    private String words(Method method) {
        // all digits of what stands in the data, few of what was computed
        String low = method == Method.NONE ? CanonicalText.exact(least) : Phrases.rounded(least);
        String high = method == Method.NONE ? CanonicalText.exact(most) : Phrases.rounded(most);
        return low.equals(high) ? low : "from " + low + " to " + high;
    }

    private static String words(AnswerRange answers) {
        if (answers.most() == Double.POSITIVE_INFINITY) {
            return CanonicalText.exact(answers.least()) + " or more";
        }
        if (answers.least() == Double.NEGATIVE_INFINITY) {
            return CanonicalText.exact(answers.most()) + " or less";
        }
        return "from " + CanonicalText.exact(answers.least()) + " to " + CanonicalText.exact(answers.most());
    }

    private static String word(Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
