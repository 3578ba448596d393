package dev.ablate.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Schemas;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.core.training.Model;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.JarMaker;
import dev.ablate.worker.catalog.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real jars, made here, with what their authors do right and wrong. */
class PluginsTest {

    private static final String ONE_ROW =
            "Dataset.regression(Examples.of(List.of(\"x\"), new double[] {1}, new double[] {2}), \"y\", Map.of(), \"\")";

    private static final String DOT =
            "dataset(\"dot\", NoOptions.class).summary(\"One row\").to((NoOptions o) -> " + ONE_ROW + ");";

    @TempDir
    Path folder;

    private final List<URLClassLoader> loaders = new ArrayList<>();
    private Path home = Path.of("plugins");

    @BeforeEach
    void noPluginsInTheHome() {
        home = folder.resolve("plugins");
    }

    @AfterEach
    void closeJars() throws IOException {
        for (URLClassLoader loader : loaders) {
            loader.close();
        }
    }

    @Test
    void listsWhatJarsBringSortedByNameWithoutWakingAnyClass() {
        Path a = jar().module("acme.A", "dataset(\"zeros\", NoOptions.class).to(Sleeper.class);\n" + DOT)
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "final class Sleeper implements DatasetSource<NoOptions> {\n"
                        + "  static { if (true) throw new IllegalStateException(\"woken\"); }\n"
                        + "  public Dataset open(NoOptions options) { return null; }\n}")
                .make("a.jar");
        Path b = jar().module("beta.B", trainer("still")).make("b.jar");
        Catalog catalog = catalog(a, b);
        assertThat(catalog.entries(Kind.DATASET)).extracting(PluginEntry::name).containsExactly("dot", "zeros");
        assertThat(catalog.entries(Kind.TRAINER)).extracting(PluginEntry::name).containsExactly("still");
        assertThat(catalog.broken()).isEmpty();
        assertThat(catalog.describe(Kind.DATASET, "zeros").orElseThrow().jar()).isEqualTo("a.jar");
        assertThatThrownBy(() -> dataset(catalog, "zeros").component().open())
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("dataset 'zeros' of a.jar cannot be made: ")
                .hasMessageContaining("woken");
        assertThat(dataset(catalog, "dot").component().open().target()).isEqualTo("y");
    }

    @Test
    void refusesANameThatTwoJarsProvideNamingBoth() {
        Path one = jar().module("acme.A", DOT + trainer("still")).make("one-1.2.jar");
        Path two = jar().module("beta.B", DOT + trainer("still")).make("all-plugins.jar");
        assertThatThrownBy(() -> catalog(one, two))
                .isInstanceOf(SpecException.class)
                .hasMessage("error: dataset 'dot' is provided twice: by one-1.2.jar and all-plugins.jar\n"
                        + "error: trainer 'still' is provided twice: by one-1.2.jar and all-plugins.jar");
    }

    @Test
    void distinguishesTwoJarsOfOneName() {
        Path one = jar().module("acme.A", DOT).make("one/a.jar");
        Path two = jar().module("beta.B", DOT).make("two/a.jar");
        assertThatThrownBy(() -> catalog(one, two))
                .isInstanceOf(SpecException.class)
                .hasMessage("error: dataset 'dot' is provided twice: by " + one + " and " + two);
    }

    @Test
    void letsADatasetAndATrainerHaveOneName() {
        Catalog catalog = catalog(jar().module("acme.A", DOT + trainer("dot")).make("a.jar"));
        assertThat(catalog.entries(Kind.DATASET)).hasSize(1);
        assertThat(catalog.entries(Kind.TRAINER)).hasSize(1);
    }

    @Test
    void namesTheMissingClassAndWhereItsJarBelongs() {
        Path library = jar().with("package lib; public class Helper { public static double one() { return 1; } }")
                .make("helper.jar");
        Path jar = jar().against(library)
                .module("acme.A", DOT + "dataset(\"helped\", NoOptions.class).to(Helped.class);")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "final class Helped implements DatasetSource<NoOptions> {\n"
                        + "  private final lib.Helper helper = new lib.Helper();\n"
                        + "  public Dataset open(NoOptions options) { return "
                        + ONE_ROW.replace("{2}", "{lib.Helper.one()}") + "; }\n}")
                .make("acme.jar");
        Catalog catalog = catalog(jar);
        assertThat(catalog.broken()).isEmpty();
        assertThatThrownBy(() -> dataset(catalog, "helped").component().open())
                .isInstanceOf(PluginException.class)
                .hasMessage("dataset 'helped' of acme.jar cannot be made: class lib.Helper is missing;"
                        + " put the jar that has it beside " + jar);
        assertThat(dataset(catalog(jar, library), "helped")
                        .component()
                        .open()
                        .examples()
                        .target(0))
                .isEqualTo(1);
    }

    @Test
    void namesTheMissingClassOfATrainerWhenItIsChosen() {
        Path library = jar().with("package lib; public class Helper {}").make("helper.jar");
        Path jar = jar().against(library)
                .module("acme.A", "trainer(\"helped\", NoOptions.class).to(Helped.class);")
                .with("package acme;\n" + JarMaker.IMPORTS + "final class Helped implements Trainer<NoOptions> {\n"
                        + "  Helped() { new lib.Helper(); }\n"
                        + "  public Model train(NoOptions o, Training t) { return null; }\n"
                        + "  public Model restore(NoOptions o, Schema s, InputStream in) { return null; }\n}")
                .make("acme.jar");
        Catalog catalog = catalog(jar);
        assertThat(catalog.broken()).isEmpty();
        assertThat(catalog.describe(Kind.TRAINER, "helped")).isPresent();
        Problems problems = new Problems();
        Block block = block("trainer", "helped", Map.of());
        assertThat(catalog.trainer(block, Optional.empty(), problems)).isEmpty();
        assertThat(problems.all())
                .extracting(Problem::message)
                .containsExactly("trainer 'helped' of acme.jar cannot be made: class lib.Helper is missing;"
                        + " put the jar that has it beside " + jar);
        assertThat(catalog(jar, library).trainer(block, Optional.empty(), new Problems()))
                .isPresent();
    }

    @Test
    void findsTheLibrariesOfAFolderButNoPluginsInThem() {
        Path library = jar().with("package lib; public class Helper { public static double one() { return 1; } }")
                .module("lib.Hidden", "dataset(\"hidden\", NoOptions.class).to((NoOptions o) -> null);")
                .make("plugins/acme/lib/helper.jar");
        jar().against(library)
                .module(
                        "acme.A",
                        "dataset(\"helped\", NoOptions.class).to((NoOptions o) -> "
                                + ONE_ROW.replace("{2}", "{lib.Helper.one()}") + ");")
                .make("plugins/acme/acme.jar");
        Catalog catalog = catalog();
        assertThat(catalog.entries(Kind.DATASET)).extracting(PluginEntry::name).containsExactly("helped");
        assertThat(dataset(catalog, "helped").component().open().examples().target(0))
                .isEqualTo(1);
    }

    @Test
    void findsThePluginsThatComeWithTheProgram() {
        jar().module("acme.A", DOT).make("shipped/acme/acme.jar");
        Catalog catalog = Catalog.find(getClass().getClassLoader(), Optional.of(folder.resolve("shipped")), home);
        assertThat(dataset(catalog, "dot").component().open().target()).isEqualTo("y");
        assertThat(catalog.unknown(Kind.DATASET, "dit").message())
                .isEqualTo("no dataset 'dit'; there is dot (searched: built-in, " + home + ")");
    }

    @Test
    void namesTheMissingClassOfAnOptionsRecord() throws IOException {
        Path library = jar().with("package lib; public interface Mark {}").make("mark.jar");
        Path jar = jar().against(library)
                .module("acme.A", "dataset(\"marked\", Marked.class).to((Marked o) -> null);")
                .module("acme.B", DOT)
                .with("package acme;\n" + JarMaker.IMPORTS + "public record Marked() implements lib.Mark {}")
                .make("acme.jar");
        Catalog catalog = catalog(jar);
        assertThat(messages(catalog.broken()))
                .containsExactly("warning: plugin acme.A of acme.jar cannot be read: class lib.Mark is missing;"
                        + " put the jar that has it beside " + jar);
        assertThat(catalog.entries(Kind.DATASET)).extracting(PluginEntry::name).containsExactly("dot");
    }

    @Test
    void reportsBrokenModulesAndHidesNoOther() {
        Path jar = jar().listing("acme.Gone")
                .module("acme.Throws", "throw new IllegalStateException(\"no licence\");")
                .module("acme.BadName", "dataset(\"Bad Name\", NoOptions.class).to((NoOptions o) -> null);")
                .listing("acme.NoModule")
                .with("package acme; public class NoModule {}")
                .listing("acme.CannotBeMade")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public class CannotBeMade extends PluginModule {\n"
                        + "  public CannotBeMade() { throw new IllegalStateException(\"no mood\"); }\n"
                        + "  protected void plug() {}\n}")
                .module("acme.Good", DOT)
                .make("acme.jar");
        Catalog catalog = catalog(jar);
        assertThat(catalog.entries(Kind.DATASET)).extracting(PluginEntry::name).containsExactly("dot");
        List<String> messages = messages(catalog.broken());
        assertThat(messages).hasSize(5);
        assertThat(messages.get(0))
                .isEqualTo("warning: plugin acme.Gone of acme.jar is listed in it, and there is no such class");
        assertThat(messages.get(1))
                .startsWith("warning: plugin acme.Throws of acme.jar cannot be read: ")
                .contains("no licence");
        assertThat(messages.get(2))
                .startsWith("warning: plugin acme.BadName of acme.jar")
                .contains("'Bad Name'");
        assertThat(messages.get(3))
                .isEqualTo("warning: plugin acme.NoModule of acme.jar does not extend"
                        + " dev.ablate.core.plugin.PluginModule");
        assertThat(messages.get(4))
                .isEqualTo("warning: plugin acme.CannotBeMade of acme.jar cannot be made:"
                        + " java.lang.IllegalStateException: no mood");
        assertThat(catalog.unknown(Kind.DATASET, "bad-name").notes()).hasSize(5);
    }

    @Test
    void reportsWhatGuiceMissesAndForWhichClass() {
        Catalog catalog = catalog(jar().module("acme.A", "dataset(\"needy\", NoOptions.class).to(Needy.class);")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "final class Needy implements DatasetSource<NoOptions> {\n"
                        + "  @com.google.inject.Inject Needy(List<Integer> numbers) {}\n"
                        + "  public Dataset open(NoOptions options) { return null; }\n}")
                .make("acme.jar"));
        assertThatThrownBy(() -> dataset(catalog, "needy").component().open())
                .isInstanceOf(PluginException.class)
                .hasMessage(
                        "dataset 'needy' of acme.jar cannot be made: No implementation for java.util.List<java.lang.Integer>"
                                + " was bound. (needed by acme.Needy)");
    }

    @Test
    void givesEachModuleAnInjectorOfItsOwn() {
        Catalog catalog = catalog(
                jar().module("acme.A", "bind(StringBuilder.class).toInstance(new StringBuilder(\"a\"));\n" + DOT)
                        .module("acme.B", "dataset(\"curious\", NoOptions.class).to(Curious.class);")
                        .with("package acme;\n" + JarMaker.IMPORTS
                                + "final class Curious implements DatasetSource<NoOptions> {\n"
                                + "  @com.google.inject.Inject Curious(CharSequence host, com.google.inject.Injector own) {}\n"
                                + "  public Dataset open(NoOptions options) { return null; }\n}")
                        .make("acme.jar"));
        assertThat(dataset(catalog, "dot").component().open().target()).isEqualTo("y");
        assertThatThrownBy(() -> dataset(catalog, "curious").component().open())
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("CharSequence");
    }

    @Test
    void makesOnlyWhatIsUsed() {
        Catalog catalog = catalog(jar().module("acme.A", DOT + "dataset(\"mine\", NoOptions.class).to(Mine.class);")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "final class Mine implements DatasetSource<NoOptions> {\n"
                        + "  Mine() { throw new IllegalStateException(\"made\"); }\n"
                        + "  public Dataset open(NoOptions options) { return null; }\n}")
                .make("acme.jar"));
        assertThat(dataset(catalog, "dot").component().open().target()).isEqualTo("y");
        assertThatThrownBy(() -> dataset(catalog, "mine").component().open()).hasMessageContaining("made");
    }

    @Test
    void putsThePluginsClassLoaderInPlaceAroundEveryCall() {
        String check = "if (Thread.currentThread().getContextClassLoader() != acme.Here.class.getClassLoader())"
                + " throw new IllegalStateException(\"another loader\");";
        Catalog catalog = catalog(jar().module(
                        "acme.A",
                        check + "dataset(\"here\", Options.class).to((Options o) -> { " + check + " return " + ONE_ROW
                                + "; });\ntrainer(\"here\", Options.class).to(new Here());")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public record Options(@Option(help = \"h\", fallback = \"1\") int n) implements DependsOnData {\n"
                        + "  public Options { " + check + " }\n"
                        + "  public void check(Schema schema) { " + check + " }\n}")
                .with("package acme;\n" + JarMaker.IMPORTS + "public class Here implements Trainer<Options> {\n"
                        + "  public Model train(Options o, Training t) { " + check + " return null; }\n"
                        + "  public Model restore(Options o, Schema s, InputStream in) { "
                        + check
                        + " return new Model() {\n"
                        + "    public void predict(Matrix rows, double[] answers) { " + check + " }\n"
                        + "    public void write(OutputStream out) { " + check + " }\n"
                        + "    public Map<String, Double> parameters() { " + check + " return Map.of(); }\n  }; }\n}")
                .make("acme.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        assertThat(dataset(catalog, "here").component().open().target()).isEqualTo("y");
        Problems problems = new Problems();
        Bound<BoundTrainer> trainer = catalog.trainer(block("trainer", "here", Map.of()), Optional.empty(), problems)
                .orElseThrow();
        trainer.check(Schemas.regression(List.of("x")), problems);
        assertThat(problems.all()).isEmpty();
        Model model = trainer.component()
                .restore(new Schema(List.of(), OptionalLong.empty(), ""), InputStream.nullInputStream());
        model.predict(Matrix.of(1, 0), new double[1]);
        assertThatCode(() -> model.write(OutputStream.nullOutputStream())).doesNotThrowAnyException();
        assertThat(model.parameters()).isEmpty();
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void reportsWhatADatasetThrows() {
        Catalog catalog = catalog(jar().module(
                        "acme.A",
                        "dataset(\"moody\", NoOptions.class).to((NoOptions o) -> { throw new IllegalStateException(\"no\"); });")
                .make("acme.jar"));
        assertThatThrownBy(() -> dataset(catalog, "moody").component().open())
                .isInstanceOf(PluginException.class)
                .hasMessage("dataset 'moody' of acme.jar failed: java.lang.IllegalStateException: no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public record Options(int rate) {} | has the component rate, which has no @Option",
                "record Options(@Option(help = \"h\") int rate) {} | is not public",
                "public record Options(@Option(help = \"h\") Set<Integer> rate) {} | has the component rate, which is of a type that no spec can give: java.util.Set<java.lang.Integer>",
                "public record Options(@Option(help = \"h\", fallback = \"fast\") double rate) {} | has the component rate, which has the fallback 'fast', which must be a number, got 'fast'",
                "public record Options(@Option(help = \"h\", fallback = \"0\", above = 0) double rate) {} | has the component rate, which has the fallback '0', which must be greater than 0, got 0",
                "public record Options(@Option(help = \"h\", fallback = \"[1, x]\") List<Integer> rate) {} | has the component rate, which has the fallback '[1, x]', which item 2 must be a whole number, got 'x'",
                "public record Options(@Option(help = \"h\", fallback = \"2\") int rate) { public Options { Objects.requireNonNull(null, \"oh\"); } } | cannot be made: java.lang.NullPointerException: oh",
            })
    void reportsToTheAuthorOfOptionsWhatIsWrongWithThem(String record, String fault) {
        Catalog catalog =
                catalog(jar().module("acme.A", DOT + "dataset(\"odd\", Options.class).to((Options o) -> null);")
                        .with("package acme;\n" + JarMaker.IMPORTS + record)
                        .make("acme.jar"));
        Problems problems = new Problems();
        assertThat(catalog.dataset(block("dataset", "odd", Map.of()), problems)).isEmpty();
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).message())
                .contains("the options record acme.Options " + fault)
                .contains("dataset 'odd' of acme.jar");
        // and others that are asked whether they have an option go on
        assertThat(catalog.dataset(block("dataset", "dot", Map.of("size", scalar("4"))), problems))
                .isPresent();
        assertThat(problems.all()).hasSize(2);
    }

    @Test
    void readsOptionsThatAreWrittenInJarsOfTheirOwn() {
        Catalog catalog = catalog(jar().module("acme.A", "dataset(\"sized\", Options.class).to((Options o) -> null);")
                .with("package acme;\n" + JarMaker.IMPORTS
                        + "public record Options(@Option(help = \"how wide\", atLeast = 1, below = 10) int maxWidthX2,"
                        + " @Option(help = \"what\", fallback = \"a\") String userURL) {}")
                .make("acme.jar"));
        assertThat(catalog.describe(Kind.DATASET, "sized").orElseThrow().options())
                .extracting(OptionDescription::toString)
                .containsExactly(
                        "max_width_x2: whole number, at least 1, less than 10, required; how wide",
                        "user_url: text, default a; what");
    }

    @Test
    void hashesWhatAJarHoldsAndNotWhereItLies() {
        JarMaker maker = jar().module("acme.A", DOT);
        String first = jarHash(maker.make("one/a.jar"));
        assertThat(jarHash(maker.make("two/b.jar"))).isEqualTo(first).matches("[0-9a-f]{64}");
        assertThat(jarHash(maker.with("package acme; class More {}").make("three/a.jar")))
                .isNotEqualTo(first);
    }

    @Test
    void findsPluginsInAHomesFoldersEachWithItsOwnLibraries() {
        for (String version : List.of("1", "2")) {
            Path library = jar().with("package lib; public class Helper { public static double number() { return "
                            + version + "; } }")
                    .make("plugins/p" + version + "/helper.jar");
            jar().against(library)
                    .module(
                            "acme" + version + ".A",
                            "dataset(\"d" + version + "\", NoOptions.class).to((NoOptions o) -> "
                                    + ONE_ROW.replace("{2}", "{lib.Helper.number()}") + ");")
                    .make("plugins/p" + version + "/acme.jar");
        }
        Catalog catalog = catalog();
        assertThat(dataset(catalog, "d1").component().open().examples().target(0))
                .isEqualTo(1);
        assertThat(dataset(catalog, "d2").component().open().examples().target(0))
                .isEqualTo(2);
        assertThat(catalog.unknown(Kind.DATASET, "d3").message())
                .isEqualTo("no dataset 'd3'; there are d1, d2 (searched: built-in, " + home + ")");
    }

    private JarMaker jar() {
        return new JarMaker(folder);
    }

    private Catalog catalog(Path... jars) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            try {
                urls.add(jar.toUri().toURL());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), getClass().getClassLoader());
        loaders.add(loader);
        return Catalog.find(loader, home);
    }

    private String jarHash(Path jar) {
        Problems problems = new Problems();
        String hash =
                dataset(catalog(jar), "dot").keyLeaves(problems).orElseThrow().get("dataset.plugin.sha256");
        assertThat(problems.all()).isEmpty();
        return String.valueOf(hash);
    }

    private static String trainer(String name) {
        return "trainer(\"" + name + "\", NoOptions.class).to(new Trainer<NoOptions>() {\n"
                + "  public Model train(NoOptions o, Training t) { return null; }\n"
                + "  public Model restore(NoOptions o, Schema s, InputStream in) { return null; }\n});";
    }

    private static Bound<BoundDataset> dataset(Catalog catalog, String name) {
        Problems problems = new Problems();
        Optional<Bound<BoundDataset>> bound = catalog.dataset(block("dataset", name, Map.of()), problems);
        assertThat(messages(problems.all())).isEmpty();
        return bound.orElseThrow();
    }

    private static Block block(String word, String name, Map<String, Node> options) {
        Position at = Position.ofOption("test");
        return new Block(
                at,
                Optional.of(new Setting(word + ".plugin", at, scalar(name), Optional.empty())),
                options.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                option -> new Setting(
                                        word + "." + option.getKey(), at, option.getValue(), Optional.empty()))));
    }

    private static Node scalar(String text) {
        return new Node.Scalar(Position.ofOption("test"), Node.Kind.TEXT, text, text);
    }

    private static List<String> messages(List<Problem> problems) {
        return problems.stream().map(Problem::render).toList();
    }
}
