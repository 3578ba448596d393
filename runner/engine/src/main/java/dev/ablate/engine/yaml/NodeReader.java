package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.util.Map;
import java.util.Optional;

/** Reads a value that is not in a file: one of the command line, or the default that a plugin's author wrote. */
public final class NodeReader {

    private NodeReader() {}

    /**
     * Reads one value; empty if there is none, or it is not YAML, which is reported.
     *
     * @param name what messages call it
     */
    public static Optional<Node> read(String name, String yaml, Problems problems) {
        return read(name, yaml, Map.of(), problems);
    }

    public static Optional<Node> read(String name, String yaml, Map<String, String> variables, Problems problems) {
        Problems found = new Problems();
        try {
            Source source = Source.ofOption(name, yaml);
            SourceReader.refuseControlCharacters(source, found);
            return new Composer(source, new Environment(variables, found), found).compose();
        } catch (SpecException e) {
            // it stands among what was found
            return Optional.empty();
        } finally {
            problems.addAll(found);
        }
    }
}
