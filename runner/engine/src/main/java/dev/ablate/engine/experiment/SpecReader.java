package dev.ablate.engine.experiment;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.yaml.Environment;
import dev.ablate.engine.yaml.SourceReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a spec: its file, what it extends, its variants and what the command line says, into one resolved {@link Spec}. */
public final class SpecReader {

    private final SourceReader.Contents contents;
    private final Map<String, String> environment;

    /**
     * @param environment the variables that {@code ${env:NAME}} stands for
     */
    public SpecReader(Map<String, String> environment) {
        this(SourceReader.Contents::onDisk, environment);
    }

    SpecReader(SourceReader.Contents contents, Map<String, String> environment) {
        this.contents = contents;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads a spec.
     *
     * <p>What is wrong is added to {@code problems}, and its default holds in what is returned, so that a planner can look for
     * further problems and a person hears of all of them at once.
     *
     * @param file as the person named it: messages name it so
     * @param problems gains everything that was found
     * @throws SpecException with everything found so far, if there is nothing to go on with: a file that is missing, too
     *     large, not UTF-8, not YAML, no map, or a circle of files that extend each other
     */
    public Spec read(Path file, Overrides overrides, Problems problems) {
        Environment variables = new Environment(environment, problems);
        FileLayers.Chain chain = new FileLayers(new SourceReader(contents, problems), variables, problems).read(file);
        Layers files = new Layers();
        for (SpecLayer layer : chain.layers()) {
            files.add(layer, problems);
        }
        SpecLayer sets = new OverridesReader(environment, problems).read(overrides);
        return spec(file, files, sets, chain.top().at(), problems);
    }

    /**
     * Reads a spec that is not a file any more, as if it stood in one.
     *
     * @param file its name in messages; paths in the spec are relative to its folder
     * @param text what would stand in it
     * @see #read(Path, Overrides, Problems)
     */
    public Spec readText(Path file, String text, Overrides overrides, Problems problems) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        SourceReader.Contents instead = path -> path.equals(file) ? bytes : contents.of(path);
        return new SpecReader(instead, environment).read(file, overrides, problems);
    }

    private static Spec spec(Path file, Layers files, SpecLayer sets, Position specAt, Problems problems) {
        Layers resolved = files.with(sets);
        SpecValues values = new SpecValues(resolved, specAt, problems);
        Optional<Sweep> sweep = new SweepReader(resolved, problems).read();
        String name = values.name(stem(file));
        List<Long> seeds = values.seeds();
        Spec.Run run = values.run();
        long most = run.maxRuns() / ((long) Math.max(1, files.variants().size()) * seeds.size());
        VariantsResolver resolver = new VariantsResolver(files, sets, specAt, problems);
        boolean conflicts = new Conflicts(files, sets, sweep, problems).refuse();
        List<Spec.Cell> cells = sweep.map(swept -> swept.cells(most)).orElse(List.of(Map.of())).stream()
                .map(resolver::resolve)
                .toList();
        if (!conflicts) {
            resolver.refuseAlike(cells.get(0).variants());
        }
        return new Spec(
                Optional.of(file),
                name,
                values.description(),
                cells,
                sweep,
                seeds,
                values.predict(),
                values.decide(),
                new StopReader(resolved, problems).read(),
                values.compare(),
                run,
                Block.of(resolved, Grammar.LAUNCHER, specAt, problems),
                values.track(),
                resolved.leaves());
    }

    private static String stem(Path file) {
        Path name = file.getFileName();
        return name == null ? "spec" : name.toString().replaceFirst("\\.ya?ml$", "");
    }
}
