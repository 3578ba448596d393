package dev.ablate.trainers.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Inputs;
import dev.ablate.core.option.PlainValue;
import dev.ablate.core.option.Range;
import dev.ablate.trainers.python.PythonOptions.Environment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written of a script, read; with any Python. */
class PythonOptionsTest {

    private final List<String> problems = new ArrayList<>();

    private Optional<Interpreter> interpreter(String command) {
        return new Interpreter.Type().read(new PlainValue("python", command, Range.all(), problems::add));
    }

    private static PythonOptions options(Optional<Path> script, String estimator, Environment environment) {
        return new PythonOptions(
                script,
                Optional.of(estimator).filter(name -> !name.isEmpty()),
                new FreeOptions(Map.of()),
                new FreeOptions(Map.of("alpha", 1.0)),
                new Interpreter("python3"),
                environment,
                new Inputs(Map.of()),
                false);
    }

    @Test
    void namesAPythonThatStarts() {
        assertThat(interpreter("python3")).contains(new Interpreter("python3"));
        assertThat(interpreter("no-python")).isEmpty();
        // it starts, and is none
        assertThat(interpreter("true")).isEmpty();
        assertThat(problems)
                .containsExactly(
                        "python must be a Python that can be started, got 'no-python'",
                        "python must be a Python that can be started, got 'true'");
    }

    @Test
    void dependOnWhatIsInstalledUnlessThatIsIgnored() {
        assertThat(options(Optional.empty(), "a.B", Environment.RECORD).furtherLeaves("any"))
                .containsEntry(
                        "installed", Installed.of("python3").orElseThrow().hash());
        assertThat(options(Optional.empty(), "a.B", Environment.IGNORE).furtherLeaves("any"))
                .isEmpty();
        assertThat(Installed.of("python3").orElseThrow().text()).startsWith("CPython 3.");
    }

    @Test
    void nameAScriptOrAnEstimator() {
        assertThatThrownBy(() -> options(Optional.empty(), "", Environment.RECORD))
                .hasMessage("script: what trains is missing: give a script or an estimator");
        assertThatThrownBy(() -> options(Optional.of(Path.of("none.py")), "Ridge", Environment.RECORD))
                .hasMessage("estimator: give a script or an estimator, not both; "
                        + "script: must name a file that is there, got 'none.py'; "
                        + "params: a script has options; params are for an estimator; "
                        + "estimator: must be a module and a class, such as sklearn.linear_model.Ridge, got 'Ridge'");
    }
}
