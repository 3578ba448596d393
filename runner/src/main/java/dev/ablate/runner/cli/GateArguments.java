package dev.ablate.runner.cli;

import dev.ablate.runner.compare.Question;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What must come out. */
final class GateArguments {

    @Option(
            names = "--gate",
            paramLabel = "METRIC[@VARIANT]:VERDICT",
            description = {
                "end with exit code 3 unless every variant (or this one), in every cell, is identical, equivalent, better, worse or"
                        + " undecided in a metric; several verdicts: better|equivalent; may be repeated"
            })
    private List<String> gates = new ArrayList<>();

    /**
     * @throws UsageException if a gate names what is not compared
     */
    List<Gate> of(Question question) {
        return gates.stream().map(gate -> Gate.of(gate, question)).toList();
    }
}
