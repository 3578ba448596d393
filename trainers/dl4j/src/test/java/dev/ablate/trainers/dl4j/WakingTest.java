package dev.ablate.trainers.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.InstanceBinding;
import dev.ablate.core.data.Examples;
import dev.ablate.core.dense.DenseOptions;
import dev.ablate.core.option.Option;
import dev.ablate.core.plugin.PluginEntry;
import dev.ablate.core.plugin.PluginModule;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.RecordedTraining;
import dev.ablate.core.training.Trainer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.CrashReportingUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deeplearning4j is loaded where a network is made and nowhere else, and says nothing when it is. */
final class WakingTest {

    @Test
    void isListedAndDescribedWithoutItsLibraries() throws ReflectiveOperationException {
        PluginEntry entry = entry(moduleWithoutLibraries());
        assertThat(entry)
                .returns("dl4j", PluginEntry::name)
                .returns(true, PluginEntry::oneAtATime)
                .returns(PluginEntry.Kind.TRAINER, PluginEntry::kind);
        assertThat(entry.options().getClassLoader()).isInstanceOf(WithoutLibraries.class);
        assertThat(options(entry.options()))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(option.help()).isNotBlank());
    }

    /** Those of a record and of the records that it nests. */
    private static List<Option> options(Class<?> record) {
        List<Option> options = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            Option option = component.getAnnotation(Option.class);
            if (option == null) {
                options.addAll(options(component.getType()));
            } else {
                options.add(option);
            }
        }
        return options;
    }

    @Test
    void namesTheClassThatIsMissingBeforeAnyRun() throws ReflectiveOperationException {
        PluginModule module = moduleWithoutLibraries();
        Throwable thrown = catchThrowable(() ->
                Guice.createInjector(module).getInstance(Key.get(new TypeLiteral<Map<String, Trainer<?>>>() {})));
        List<Throwable> causes = new ArrayList<>();
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        assertThat(causes)
                .anyMatch(cause -> cause instanceof NoClassDefFoundError
                        && String.valueOf(cause.getMessage()).contains("org/deeplearning4j/"));
    }

    @Test
    void saysNothingAndLeavesNothing(@TempDir Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Path work = Files.createDirectory(folder.resolve("work"));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainsOnce.class.getName())
                .directory(work.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(err).hasContent("");
        assertThat(out).hasContent("[x]");
        assertThat(work).isEmptyDirectory();
    }

    /** What the process of {@link #saysNothingAndLeavesNothing} does. */
    static final class TrainsOnce {

        private TrainsOnce() {}

        public static void main(String[] arguments) {
            Examples examples = Examples.of(List.of("x"), new double[] {1, 2}, new double[] {0, 1});
            Model model = new Dl4jTrainer()
                    .train(
                            new DenseOptions().noBias().batch(1).updates(3).make(Dl4jOptions::new),
                            new RecordedTraining(examples, 1));
            System.out.println(model.parameters().keySet());
            // what Deeplearning4j calls by itself
            CrashReportingUtil.writeMemoryCrashDump(
                    new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                            .list()
                            .layer(new DenseLayer.Builder().nIn(1).nOut(1).build())
                            .build()),
                    new OutOfMemoryError());
        }
    }

    private static PluginEntry entry(PluginModule module) {
        for (Element element : Elements.getElements(module)) {
            if (element instanceof InstanceBinding<?> binding && binding.getInstance() instanceof PluginEntry entry) {
                return entry;
            }
        }
        throw new AssertionError("nothing is brought");
    }

    private static PluginModule moduleWithoutLibraries() throws ReflectiveOperationException {
        return (PluginModule) new WithoutLibraries()
                .loadClass(Dl4jPlugin.class.getName())
                .getConstructor()
                .newInstance();
    }

    /** Has classes of this plugin of its own, and none of Deeplearning4j's. */
    private static final class WithoutLibraries extends ClassLoader {

        private static final String PLUGIN = Dl4jPlugin.class.getPackageName() + ".";

        WithoutLibraries() {
            super(Dl4jPlugin.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (Stream.of("org.deeplearning4j.", "org.nd4j.", "org.bytedeco.")
                        .anyMatch(name::startsWith)) {
                    throw new ClassNotFoundException(name);
                }
                if (!name.startsWith(PLUGIN)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (stream == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = stream.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
