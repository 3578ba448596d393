package dev.ablate.cli.argument;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a file is written, where that is not what it looks like. */
public final class ReadArguments {

    @Option(
            names = "--read",
            paramLabel = "KEY=VALUE",
            description =
                    "how the file is written, in the words of the dataset table: decimal=,  encoding=latin-1  skip=2  separator=;"
                            + "  na=-  thousands=.  header=true; may be repeated")
    private List<String> given = new ArrayList<>();

    /** Whether there is anything. */
    public boolean any() {
        return !given.isEmpty();
    }

    /** Each as typed. */
    public List<String> given() {
        return List.copyOf(given);
    }
}
