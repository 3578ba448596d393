package dev.ablate.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Matrix;
import dev.ablate.core.data.Schema;
import dev.ablate.core.data.Schemas;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.ForwardingTraining;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.BoundDataset;
import dev.ablate.worker.catalog.BoundTrainer;
import dev.ablate.worker.catalog.JarMaker;
import dev.ablate.worker.catalog.PluginCall;
import dev.ablate.worker.catalog.PluginException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a plugin throws, wherever it is called, is the plugin's failure and names its jar. */
@Timeout(60)
class BrokenPluginTest {

    /** What a plugin throws, by name. */
    private static final Map<String, String> FAULTS = Map.of(
            "sneaky", "java.io.IOException: not declared",
            "deep", "java.lang.StackOverflowError",
            "full", "java.lang.OutOfMemoryError: Requested array size exceeds VM limit",
            "old", "java.lang.NoSuchMethodError: lib.Helper.one()",
            "plain", "java.lang.IllegalStateException: on three lines",
            "unspeakable", "acme.Faults$Unspeakable",
            "circular", "java.lang.IllegalStateException: circular");

    private static final String FAULTS_SOURCE = """
            package acme;
            public final class Faults {
              public static void at(String place, String where, String fault) { if (place.equals(where)) strike(fault); }
              public static void strike(String fault) {
                switch (fault) {
                  case "sneaky": Faults.<RuntimeException>sneak(new java.io.IOException("not declared"));
                  case "deep": deep(1);
                  case "full": System.out.print(new long[Integer.MAX_VALUE].length);
                  case "old": throw new NoSuchMethodError("lib.Helper.one()");
                  case "plain": throw new IllegalStateException("on\\n three\\r\\nlines");
                  case "unspeakable": throw new Unspeakable();
                  default:
                    IllegalStateException one = new IllegalStateException("circular");
                    throw (IllegalStateException) one.initCause(new IllegalStateException("other", one));
                }
              }
              static int deep(int n) { return deep(n + 1) + 1; }
              @SuppressWarnings("unchecked") static <E extends Throwable> void sneak(Throwable e) throws E { throw (E) e; }
              static final class Unspeakable extends RuntimeException {
                @Override public String toString() { throw new IllegalStateException("worse"); }
                @Override public synchronized Throwable getCause() { throw new StackOverflowError(); }
              }
            }
            """;

    @TempDir
    private static Path folder;

    private static URLClassLoader loader = new URLClassLoader(new URL[0]);
    private static Catalog catalog = Catalog.find(loader, Path.of("plugins"));

    @TempDir
    private Path own;

    @BeforeAll
    static void make() throws IOException {
        StringBuilder plug = new StringBuilder("""
                trainer("acts", Options.class).to(new Acts());
                dataset("acts", Options.class).to((Options o) -> { Faults.at("open", o.where(), o.fault()); return null; });
                """);
        JarMaker maker = new JarMaker(folder)
                .with(FAULTS_SOURCE)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        public record Options(
                            @Option(help = "h", fallback = "nowhere") String where,
                            @Option(help = "h", fallback = "plain") String fault) implements DependsOnData {
                          public Options { Faults.at("options", where, fault); }
                          public String where() { Faults.at("accessor", where, fault); return where; }
                          public void check(Schema schema) { Faults.at("check", where, fault); }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        class Acts implements Explains<Options> {
                          public Model train(Options o, Training t) {
                            t.after(0, 0, new Thing(o));
                            Faults.at("train", o.where(), o.fault());
                            return o.where().equals("null") ? null : new Thing(o);
                          }
                          public Model restore(Options o, Schema s, InputStream in) {
                            Faults.at("restore", o.where(), o.fault());
                            return new Thing(o);
                          }
                          public Optional<Explanation> explain(Options o, Training t, long update, int row) {
                            Faults.at("explain", o.where(), o.fault());
                            return Optional.of(new Explanation(update, List.of(7), new Explanation.Rule("", "", 1, 0), List.of(),
                                Optional.empty()));
                          }
                        }
                        """)
                .with("package acme;\n" + JarMaker.IMPORTS + """
                        record Thing(Options o) implements Model {
                          public void predict(Matrix rows, double[] answers) { Faults.at("predict", o.where(), o.fault()); }
                          public void write(OutputStream out) { Faults.at("write", o.where(), o.fault()); }
                          public Map<String, Double> parameters() {
                            Faults.at("parameters", o.where(), o.fault());
                            Map<String, Double> holed = new HashMap<>();
                            holed.put("w", null);
                            return o.where().equals("holes") ? holed : Map.of();
                          }
                          public List<Layer> layers() { Faults.at("layers", o.where(), o.fault()); return List.of(); }
                        }
                        """);
        for (String fault : FAULTS.keySet()) {
            String name = Character.toUpperCase(fault.charAt(0)) + fault.substring(1);
            maker.module("plug." + name, "acme.Faults.strike(\"" + fault + "\");")
                    .listing("made." + name)
                    .with("package made;\n" + JarMaker.IMPORTS + "public class " + name
                            + " extends PluginModule {\n  public " + name + "() { acme.Faults.strike(\"" + fault
                            + "\"); }\n  protected void plug() {}\n}")
                    .with("package acme;\n" + JarMaker.IMPORTS + "class Trainer" + name + " extends Acts {\n  Trainer"
                            + name + "() { Faults.strike(\"" + fault + "\"); }\n}");
            plug.append("trainer(\"made-" + fault + "\", Options.class).to(Trainer" + name + ".class);\n");
        }
        Path jar = maker.module("acme.A", plug.toString()).make("acme.jar");
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, BrokenPluginTest.class.getClassLoader());
        catalog = Catalog.find(loader, folder.resolve("plugins"));
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    static Stream<String> faults() {
        return FAULTS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aModuleThatFailsIsLeftOutWithItsReason(String fault) {
        String name = Character.toUpperCase(fault.charAt(0)) + fault.substring(1);
        List<String> messages = catalog.broken().stream().map(Problem::message).toList();
        assertThat(messages)
                .contains("plugin made." + name + " of acme.jar cannot be made: " + FAULTS.get(fault))
                .anySatisfy(each -> assertThat(each)
                        .startsWith("plugin plug." + name + " of acme.jar cannot be read: ")
                        .contains(fault.equals("plain") ? "on three lines" : ""));
        assertThat(messages).hasSize(2 * FAULTS.size()).noneMatch(each -> each.contains("\n"));
        assertThat(catalog.describe(Kind.TRAINER, "acts")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatFailsWhileASpecIsPlannedIsAProblemOfItsPlugin(String fault) {
        assertThat(problems("acts", "options", fault))
                .isEqualTo("trainer 'acts' of acme.jar cannot be used: the options record acme.Options cannot be made: "
                        + FAULTS.get(fault));
        assertThat(problems("acts", "accessor", fault))
                .isEqualTo(
                        "trainer 'acts' of acme.jar cannot be used: the options record acme.Options: where cannot be read: "
                                + FAULTS.get(fault));
        assertThat(problems("acts", "check", fault))
                .isEqualTo("trainer 'acts' of acme.jar failed: " + FAULTS.get(fault));
        assertThat(problems("made-" + fault, "nowhere", fault))
                .startsWith("trainer 'made-" + fault + "' of acme.jar cannot be made: ")
                .endsWith(fault.equals("unspeakable") ? "" : FAULTS.get(fault));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatFailsWhileItWorksIsAPluginException(String fault) {
        fails(() -> dataset("open", fault).open(), "dataset 'acts' of acme.jar failed: ", fault);
        fails(() -> trainer("train", fault).train(new Pretended()), "trainer 'acts' of acme.jar ended with ", fault);
        fails(
                () -> trainer("restore", fault).restore(NOTHING, InputStream.nullInputStream()),
                "trainer 'acts' of acme.jar cannot restore its model: ",
                fault);
        fails(
                () -> trainer("explain", fault).explain(new Pretended(), 1, 0),
                "trainer 'acts' of acme.jar ended with ",
                fault);
        String failed = "trainer 'acts' of acme.jar failed: ";
        fails(() -> predict(trainer("predict", fault).restore(NOTHING, InputStream.nullInputStream())), failed, fault);
        fails(() -> trainer("parameters", fault).train(new Pretended()).parameters(), failed, fault);
        fails(() -> written(trainer("write", fault).train(new Pretended())), failed, fault);
        fails(() -> trainer("layers", fault).train(new Pretended()).layers(), failed, fault);
    }

    @Test
    void theModelThatATrainerShowsIsCalledAsThePluginsCode() {
        Pretended shown = new Pretended() {
            @Override
            public boolean after(long update, long total, Model now) {
                predict(now);
                return true;
            }
        };
        assertThatThrownBy(() -> trainer("predict", "deep").train(shown))
                .isInstanceOf(PluginException.class)
                .hasMessage("trainer 'acts' of acme.jar ended with dev.ablate.worker.catalog.PluginException:"
                        + " trainer 'acts' of acme.jar failed: java.lang.StackOverflowError");
    }

    @Test
    void whatIsNullWhereItMustNotBeIsThePluginsFailureToo() {
        assertThatThrownBy(() -> dataset("nowhere", "").open())
                .isInstanceOf(PluginException.class)
                .hasMessage("dataset 'acts' of acme.jar opened nothing");
        assertThatThrownBy(() -> trainer("null", "").train(new Pretended()))
                .isInstanceOf(PluginException.class)
                .hasMessage("trainer 'acts' of acme.jar returned no model");
        assertThatThrownBy(() -> trainer("holes", "").train(new Pretended()).parameters())
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("a parameter of its model is null: w = null");
        assertThatThrownBy(() -> trainer("nowhere", "").explain(new Pretended(), 1, 0))
                .isInstanceOf(PluginException.class)
                .hasMessage("trainer 'acts' of acme.jar explained update 1 by rows or weights that there are not");
    }

    @Test
    void aThreadIsKnownToBeInsideOnlyWhileItIs() {
        List<Optional<String>> inside = new ArrayList<>();
        Pretended shown = new Pretended() {
            @Override
            public boolean after(long update, long total, Model now) {
                now.layers();
                inside.add(PluginCall.inside(Thread.currentThread()));
                return true;
            }
        };
        trainer("nowhere", "").train(shown);
        assertThat(inside).containsExactly(Optional.of("trainer 'acts' of acme.jar"));
        assertThat(PluginCall.inside(Thread.currentThread())).isEmpty();
    }

    @Test
    void aServicesFileThatUnpacksToMuchMoreThanNamesIsNotReadToItsEnd() throws IOException {
        String services = "META-INF/services/" + PluginModule.class.getName();
        pack(own.resolve("plugins/bomb/bomb.jar"), services);
        assertThat(broken())
                .containsExactly("the plugins of bomb.jar cannot be read: " + services
                        + " has more than 64 KiB, and should hold a class's name a line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/MANIFEST.MF", "META-INF/ACME.SF", "META-INF/ACME.RSA", "acme/Huge.class"})
    void aJarWhoseOtherPartsUnpackToMoreThanAnyIsLeftOut(String entry) throws IOException {
        Path jar = own.resolve("plugins/bomb/bomb.jar");
        pack(jar, entry);
        assertThat(broken()).containsExactly(jar + " is left out: " + entry + " in it unpacks to 20 MiB");
    }

    @Test
    void aFileThatIsNotAJarIsLeftOutWithItsReason() throws IOException {
        Path jar = own.resolve("plugins/torn/torn.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "PK half of it is missing");
        assertThat(broken())
                .singleElement()
                .asString()
                .startsWith(jar + " is left out: it cannot be read as a jar: java.util.zip.ZipException: ");
    }

    @Test
    void aPluginForANewerJavaSaysWhichItNeeds() throws IOException {
        Path jar = new JarMaker(own).module("next.A", "").make("plugins/next/next.jar");
        Map<String, byte[]> entries = new HashMap<>();
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        byte[] module = Objects.requireNonNull(entries.get("next/A.class"));
        // the class file version of Java 99
        module[6] = 0;
        module[7] = (byte) (99 + 44);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        int here = Runtime.version().feature();
        assertThat(broken())
                .containsExactly(
                        "plugin next.A of next.jar cannot be loaded: class next.A is compiled for Java 99, and this"
                                + " is Java " + here
                                + "; run Ablate with Java 99 or newer, or have the plugin compiled with --release "
                                + here);
    }

    @Test
    void guiceReadsTheClassesOfANewerJavaWithoutAWord() throws Exception {
        Path jar = new JarMaker(own)
                .module("next.A", "dataset(\"needy\", NoOptions.class).to(Needy.class);")
                .with("package next;\n" + JarMaker.IMPORTS
                        + "final class Needy implements DatasetSource<NoOptions> {\n"
                        + "  @com.google.inject.Inject Needy(List<Integer> numbers) {}\n"
                        + "  public Dataset open(NoOptions options) { return null; }\n}")
                .make("next.jar");
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getLoggerName() + ": " + entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger guice = Logger.getLogger("com.google.inject");
        guice.addHandler(handler);
        // the classes are this Java's, and their bytes, which Guice reads for the lines of its messages, those of Java
        // 25
        try (URLClassLoader newer =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, BrokenPluginTest.class.getClassLoader()) {
                    @Override
                    public InputStream getResourceAsStream(String name) {
                        try (InputStream in = super.getResourceAsStream(name)) {
                            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                            if (name.startsWith("next/")) {
                                bytes[7] = 69;
                            }
                            return new ByteArrayInputStream(bytes);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    }
                }) {
            Block needy = block("dataset", "needy", "", "");
            Bound<BoundDataset> bound = Catalog.find(newer, own.resolve("plugins"))
                    .dataset(new Block(needy.at(), needy.plugin(), Map.of()), new Problems())
                    .orElseThrow();
            assertThatThrownBy(() -> bound.component().open())
                    .hasMessageContaining("No implementation for java.util.List<java.lang.Integer> was bound.");
        } finally {
            guice.removeHandler(handler);
        }
        assertThat(logged).isEmpty();
    }

    private List<String> broken() {
        Catalog found = Catalog.find(new URLClassLoader(new URL[0], null), own.resolve("plugins"));
        return found.broken().stream().map(Problem::message).toList();
    }

    /** With an entry of 20 MiB. */
    private static void pack(Path jar, String entry) throws IOException {
        Files.createDirectories(jar.getParent());
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) '#');
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry(entry));
            for (int i = 0; i < 20; i++) {
                zip.write(block);
            }
        }
    }

    private static void fails(ThrowingCallable deed, String what, String fault) {
        assertThatThrownBy(deed).isInstanceOf(PluginException.class).hasMessage(what + FAULTS.get(fault));
    }

    private static void predict(Model model) {
        model.predict(Matrix.of(1, 0), new double[1]);
    }

    private static BoundDataset dataset(String where, String fault) {
        return catalog.dataset(block("dataset", "acts", where, fault), new Problems())
                .orElseThrow()
                .component();
    }

    private static BoundTrainer trainer(String where, String fault) {
        return catalog.trainer(block("trainer", "acts", where, fault), Optional.empty(), new Problems())
                .orElseThrow()
                .component();
    }

    private static String problems(String trainer, String where, String fault) {
        Problems problems = new Problems();
        catalog.trainer(block("trainer", trainer, where, fault), Optional.empty(), problems)
                .ifPresent(bound -> bound.check(Schemas.regression(List.of("x")), problems));
        assertThat(problems.all()).hasSize(1);
        return problems.all().get(0).message();
    }

    private static final Schema NOTHING = new Schema(List.of(), OptionalLong.empty(), "");

    private static byte[] written(Model model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }

    private static Block block(String word, String name, String where, String fault) {
        Position at = Position.ofOption("test");
        return new Block(
                at,
                Optional.of(new Setting(word + ".plugin", at, scalar(name), Optional.empty())),
                Map.of(
                        "where", new Setting(word + ".where", at, scalar(where), Optional.empty()),
                        "fault", new Setting(word + ".fault", at, scalar(fault), Optional.empty())));
    }

    private static Node scalar(String text) {
        return new Node.Scalar(Position.ofOption("test"), Node.Kind.TEXT, text, text);
    }

    /** A run's training of one row. */
    private static class Pretended extends ForwardingTraining {

        Pretended() {
            super(new RecordedTraining(Examples.of(List.of("x"), new double[] {1}, new double[] {1}), 1));
        }

        @Override
        public RandomGenerator random(String stream) {
            throw new AssertionError("draws nothing");
        }

        @Override
        public boolean after(long update, long total, Model now) {
            return true;
        }

        @Override
        public void report(long step, String name, double value) {
            throw new AssertionError("reports nothing");
        }
    }
}
