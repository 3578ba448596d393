package dev.ablate.worker.metric;

import dev.ablate.core.metric.Answers;
import dev.ablate.core.metric.MetricRange;
import java.util.OptionalDouble;

/**
 * {@code mcc}: how targets and answers vary together, for two and more classes; 0 where either are all of one class.
 *
 * <p>With {@code n} rows, {@code c} of them right, {@code t_k} targets and {@code p_k} answers of class {@code k}:
 * {@code (c n - sum t_k p_k) / sqrt((n^2 - sum p_k^2) (n^2 - sum t_k^2))}.
 */
final class MatthewsCorrelation implements OfClasses {

    @Override
    public MetricRange range() {
        return new MetricRange(-1, 1);
    }

    @Override
    public OptionalDouble of(Answers answers) {
        Confusion confusion = Confusion.of(answers);
        double rows = answers.rows();
        double right = 0;
        double ofBoth = 0;
        double ofAnswers = 0;
        double ofTargets = 0;
        for (int k = 0; k < confusion.classes(); k++) {
            double answered = confusion.ofAnswer(k);
            double targets = confusion.ofTarget(k);
            right += confusion.right(k);
            ofBoth += targets * answered;
            ofAnswers += answered * answered;
            ofTargets += targets * targets;
        }
        double spread = Math.sqrt((rows * rows - ofAnswers) * (rows * rows - ofTargets));
        double together = spread == 0 ? 0 : (right * rows - ofBoth) / spread;
        // rounding alone leads out of the range
        return OptionalDouble.of(Math.max(-1, Math.min(1, together)));
    }
}
