package dev.ablate.datasets;

import dev.ablate.core.option.NoOptions;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.datasets.table.TableOptions;
import dev.ablate.datasets.table.TabularData;

/** Brings the datasets that need no download: published ones, and {@code table} for data of one's own. */
public final class BuiltInDatasets extends PluginModule {

    static final String TUTORIAL_A =
            "Shukla and Iriondo, \"Neural networks from scratch with Python code and math in detail\"";
    static final String TUTORIAL_B = "Real Python, \"Python AI: how to build a neural network and make predictions\"";
    private static final String SHEFFER =
            "Sheffer, \"A set of five independent postulates for Boolean algebras\", Trans. AMS 14 (1913),"
                    + " doi:10.1090/S0002-9947-1913-1500960-1";
    private static final String MINSKY = "Minsky and Papert, \"Perceptrons\", MIT Press (1969)";

    @Override
    protected void plug() {
        gate("or-gate", "Truth table of OR: a line separates its classes", new LogicGate(TUTORIAL_A, 0, 1, 1, 1));
        gate("and-gate", "Truth table of AND: a line separates its classes", new LogicGate(MINSKY, 0, 0, 0, 1));
        gate("nand-gate", "Truth table of NAND: a line separates its classes", new LogicGate(SHEFFER, 1, 1, 1, 0));
        gate("xor-gate", "Truth table of XOR: no line separates its classes", new LogicGate(MINSKY, 0, 1, 1, 0));
        dataset("virus-symptoms", NoOptions.class)
                .summary("Eight people, four symptoms, infected or not; two of them contradict each other")
                .source(TUTORIAL_A)
                .to(VirusSymptoms.class);
        dataset("doubling", NoOptions.class)
                .summary("Four numbers and twice each: guess the weight")
                .source(TUTORIAL_A)
                .to(Doubling.class);
        dataset("line", LineOptions.class)
                .summary("One number over a range, and whether it is greater than 0")
                .source(TUTORIAL_A)
                .to(Line.class);
        dataset("points", PointsOptions.class)
                .summary("Two or eight points of a plane in two classes")
                .source(TUTORIAL_B)
                .to(Points.class);
        dataset("house-price", NoOptions.class)
                .summary("2,930 real house sales in Ames, Iowa: area, age and price")
                .source(HousePrice.SOURCE)
                .to(HousePrice.class);
        dataset("none", NoOptions.class)
                .summary("Nothing, for a trainer that brings its own data")
                .to(Nothing.class);
        dataset("table", TableOptions.class)
                .summary("A CSV file, or rows written in the spec")
                .to(TabularData.class);
    }

    private void gate(String name, String summary, LogicGate gate) {
        dataset(name, NoOptions.class).summary(summary).source(gate.source()).to(gate);
    }
}
