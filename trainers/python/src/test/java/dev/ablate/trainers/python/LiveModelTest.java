package dev.ablate.trainers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process answers with each report without being asked, and what it is asked. */
@Timeout(120)
class LiveModelTest {

    private static final Examples SOME =
            Examples.of(List.of("x", "y"), new double[] {1, 2, 3, 4, 5, 7}, new double[] {0, 1, 1});

    private static final Matrix HELD = Matrix.of(2, 10, 20, 30, 40);

    /** Reports 0 to 3 of 3; at each step the first column times the step is answered. */
    private static final String STEPS = """
            def train(options, data, random, report):
                def learned(step):
                    return lambda rows: rows[:, 0] * step
                for step in range(4):
                    report(step, 3, learned(step))
                return learned(3)
            """;

    @TempDir
    private Path folder;

    private final RecordedTraining training = new RecordedTraining(SOME, 7).holdingBack(HELD);

    /** What is done with the model of each report. */
    private interface Look {
        void at(long update, Model now);
    }

    private void train(String script, Look look) {
        Training looking = new ForwardingTraining(training) {
            @Override
            public boolean after(long update, long total, Model now) {
                look.at(update, now);
                return update < 2 || total == 3;
            }
        };
        new Python().train(Scripts.script(Scripts.write(folder, "train.py", script), Map.of(), false), looking);
    }

    private static List<Double> answers(Model model, Matrix rows) {
        double[] answers = new double[rows.size()];
        model.predict(rows, answers);
        List<Double> list = new ArrayList<>();
        for (double answer : answers) {
            list.add(answer);
        }
        return list;
    }

    @Test
    void answersEachPartOfTheDataAsItIsAtEachStep() {
        List<List<Double>> answers = new ArrayList<>();
        train(STEPS, (update, now) -> {
            // in another order than they are written in, and twice
            answers.add(answers(now, HELD));
            answers.add(answers(now, SOME.rows()));
            answers.add(answers(now, HELD));
        });
        assertThat(answers)
                .containsExactly(
                        List.of(0.0, 0.0),
                        List.of(0.0, 0.0, 0.0),
                        List.of(0.0, 0.0),
                        List.of(10.0, 30.0),
                        List.of(1.0, 3.0, 5.0),
                        List.of(10.0, 30.0),
                        List.of(20.0, 60.0),
                        List.of(2.0, 6.0, 10.0),
                        List.of(20.0, 60.0),
                        List.of(30.0, 90.0),
                        List.of(3.0, 9.0, 15.0),
                        List.of(30.0, 90.0));
    }

    @Test
    void answersManyOtherRowsBesides() {
        List<Double> others = new ArrayList<>();
        List<Double> parts = new ArrayList<>();
        train(STEPS, (update, now) -> {
            for (int k = 0; k < 7; k++) {
                others.addAll(answers(now, Matrix.of(2, k, 0)));
            }
            parts.addAll(answers(now, HELD));
        });
        assertThat(others).hasSize(28).startsWith(0.0, 0.0).endsWith(9.0, 12.0, 15.0, 18.0);
        // what else was asked has not been written over them
        assertThat(parts).endsWith(20.0, 60.0, 30.0, 90.0);
    }

    @Test
    void goesOnWhereNobodyLooks() {
        List<Long> updates = new ArrayList<>();
        train(STEPS, (update, now) -> updates.add(update));
        assertThat(updates).containsExactly(0L, 1L, 2L, 3L);
    }

    /** The script's own handler must not hide it, and the runner knows by then which step it is of. */
    @Test
    void failsAtTheStepWhoseModelCannotAnswer() {
        List<Long> updates = new ArrayList<>();
        assertThatThrownBy(() -> train("""
                def train(options, data, random, report):
                    for step in range(4):
                        try:
                            report(step, 3, lambda rows: rows[:, 0] if step < 2 else len(None))
                        except Exception:
                            print("hidden")
                """, (update, now) -> {
                    updates.add(update);
                    answers(now, HELD);
                }))
                .hasMessage("TypeError: object of type 'NoneType' has no len() (train.py:4)");
        assertThat(updates).containsExactly(0L, 1L, 2L);
    }

    @Test
    void isNotAskedForTheModelOfARunThatWasStopped() {
        List<Long> updates = new ArrayList<>();
        train("""
                import ablate
                def train(options, data, random, report):
                    try:
                        for step in range(9):
                            report(step, 8, lambda rows: rows[:, 0])
                    except ablate.Stop:
                        return lambda rows: 1 / 0
                """, (update, now) -> updates.add(update));
        assertThat(updates).containsExactly(0L, 1L, 2L);
    }
}
