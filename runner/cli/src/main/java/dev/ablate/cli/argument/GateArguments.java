package dev.ablate.cli.argument;

import dev.ablate.cli.terminal.Console;
import dev.ablate.engine.compare.Findings;
import dev.ablate.engine.compare.Gate;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.compare.across.Overall;
import dev.ablate.engine.problem.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What must come out. */
public final class GateArguments {

    @Option(
            names = "--gate",
            paramLabel = "METRIC[@VARIANT]:VERDICT",
            description = {
                "end with exit code 3 unless every variant (or this one), in every cell, is identical, equivalent, better, worse or"
                        + " undecided in a metric; several verdicts: better|equivalent; may be repeated; of data sets with one answer over all, that answer"
            })
    private List<String> gates = new ArrayList<>();

    /**
     * The gates, checked against what is compared.
     *
     * @throws RequestException if a gate names what is not compared
     */
    public List<Gate> of(Question question) {
        return gates.stream().map(gate -> Gate.of(gate, question)).toList();
    }

    /** The option, if it was given; else empty. */
    public String word() {
        return gates.isEmpty() ? "" : "--gate";
    }

    /** Prints each gate that is not met. */
    public static boolean hold(List<Gate> gates, Findings findings, Console console) {
        Optional<Overall> overall = Overall.of(findings);
        List<String> unmet = gates.stream()
                .flatMap(gate -> overall.map(all -> all.unmet(gate)).orElseGet(() -> gate.unmet(findings)).stream())
                .toList();
        unmet.forEach(console::error);
        return unmet.isEmpty();
    }
}
