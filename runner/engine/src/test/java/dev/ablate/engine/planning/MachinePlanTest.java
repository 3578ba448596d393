package dev.ablate.engine.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.core.data.Schema;
import dev.ablate.core.option.DependsOnMachine;
import dev.ablate.core.option.FreeOptions;
import dev.ablate.core.option.Option;
import dev.ablate.core.option.Refused;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import dev.ablate.engine.catalog.Catalog;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.experiment.SpecReader;
import dev.ablate.engine.fixture.TestPlugins;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What options name that is not there: on the machine, or among other options. */
class MachinePlanTest {

    private static final String NAMED = """
            spec.yaml:4:37: error: trainer.tool: no tool 'hamer'
              4 | trainer: { plugin: carpenter, tool: hamer, options: { x: 1 } }
                |                                     ^^^^^ did you mean 'hammer'?
                there are hammer, saw""";

    @TempDir
    Path folder;

    private List<String> problems(String tool, String more) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), """
                version: 1
                name: tools
                dataset: { plugin: or-gate }
                trainer: { plugin: carpenter, tool: TOOL, options: { x: 1 } }
                """.replace("TOOL", tool) + more);
        Problems problems = new Problems();
        try {
            new Planner(Catalog.find(
                            TestPlugins.loader(List.of(TestPlugins.class, Workshop.class)), Path.of("plugins")))
                    .plan(new SpecReader(Map.of()).read(file, Overrides.NONE, problems), problems);
            return List.of();
        } catch (SpecException e) {
            return e.problems().stream()
                    .map(Problem::render)
                    .map(text -> text.substring(text.lastIndexOf("spec.yaml")))
                    .toList();
        }
    }

    @Test
    void whatThisMachineHasNotIsRefusedOnce() throws IOException {
        assertThat(problems("hammer", "")).isEmpty();
        assertThat(problems("hamer", "variants: { one: {}, two: { trainer.options.x: 2 } }\n"))
                .containsExactly(NAMED);
        assertThat(problems("hamer", "run: { launcher: { plugin: local } }\n")).containsExactly(NAMED);
    }

    @Test
    void aLauncherMayFindItElsewhere() throws IOException {
        assertThat(problems("hamer", "run: { launcher: { plugin: queue, partition: big } }\n"))
                .isEmpty();
    }

    /** One that is wrong is reported alone, since it may be right for the launcher that is meant. */
    @Test
    void aWrongLauncherIsOneToo() throws IOException {
        assertThat(problems("hamer", "run: { launcher: { plugin: quue } }\n"))
                .singleElement()
                .asString()
                .contains("no launcher 'quue'");
    }

    @Test
    void whatIsKnownIsListedForEachVariantWhereItDiffers() throws IOException {
        assertThat(problems("'{ab}'", "variants: { one: {}, two: { trainer.options.abc: 2 } }\n"))
                .containsExactly("""
                        spec.yaml:4:37: error: trainer.tool: {ab} is not an option
                          4 | trainer: { plugin: carpenter, tool: '{ab}', options: { x: 1 } }
                            |                                     ^^^^^^
                            in variant one: there is x
                            in variant two: did you mean 'abc'?; there are abc, x""");
        assertThat(problems(
                        "'{yyy}'",
                        "variants: { one: {}, two: { trainer.options.z: 2 }, three: { trainer.options.yyy: 2 } }\n"))
                .containsExactly("""
                        spec.yaml:4:37: error: trainer.tool: {yyy} is not an option
                          4 | trainer: { plugin: carpenter, tool: '{yyy}', options: { x: 1 } }
                            |                                     ^^^^^^^
                            in variant one: there is x
                            in variant two: there are x, z""");
    }

    @Test
    void manyVariantsAreNotAllListed() throws IOException {
        String variants = IntStream.range(0, 6)
                .mapToObj(i -> "v" + i + ": { trainer.options.long" + i + ": 1 }")
                .collect(Collectors.joining(", "));
        assertThat(problems("'{yyy}'", "variants: { " + variants + " }\n"))
                .singleElement()
                .asString()
                .endsWith("\n    in variant v0: there are long0, x\n    in variant v1: there are long1, x"
                        + "\n    in variant v2: there are long2, x\n    and so in 3 more");
    }

    /** Options of {@link Workshop}. */
    public record Carpenter(
            @Option(help = "tool") String tool,
            @Option(help = "any") FreeOptions options) implements DependsOnMachine {

        /** Refuses an option that there is not. */
        public Carpenter {
            Refused.Reasons reasons = Refused.reasons();
            String name = tool.replaceAll("[{}]", "");
            if (tool.startsWith("{") && !options.values().containsKey(name)) {
                reasons.addUnknown(
                        "tool",
                        tool + " is not an option",
                        name,
                        options.values().keySet());
            }
            reasons.throwIfAny();
        }

        @Override
        public void checkMachine(Path folder) {
            Refused.Reasons reasons = Refused.reasons();
            Set<String> there = Set.of("saw", "hammer");
            if (!tool.startsWith("{") && !there.contains(tool)) {
                reasons.addUnknown("tool", "no tool '" + tool + "'", tool, there);
            }
            reasons.throwIfAny();
        }
    }

    /** A trainer that needs a tool. */
    public static final class Workshop extends PluginModule {

        /** For the service loader. */
        public Workshop() {}

        @Override
        protected void plug() {
            trainer("carpenter", Carpenter.class).summary("Needs a tool").to(new Works());
        }
    }

    private static final class Works implements Trainer<Carpenter> {

        @Override
        public Model train(Carpenter options, Training training) {
            throw new UnsupportedOperationException("it is only planned");
        }

        @Override
        public Model restore(Carpenter options, Schema schema, InputStream in) {
            throw new UnsupportedOperationException("it is only planned");
        }
    }
}
