package dev.ablate.core.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.spi.Elements;
import com.google.inject.spi.InstanceBinding;
import dev.ablate.core.data.Dataset;
import dev.ablate.core.data.DatasetSource;
import dev.ablate.core.data.Examples;
import dev.ablate.core.data.Schema;
import dev.ablate.core.launch.Exchange;
import dev.ablate.core.launch.JobState;
import dev.ablate.core.launch.Launcher;
import dev.ablate.core.launch.TaskFile;
import dev.ablate.core.option.NoOptions;
import dev.ablate.core.training.Model;
import dev.ablate.core.training.Trainer;
import dev.ablate.core.training.Training;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginModuleTest {

    private static final AtomicBoolean WOKEN = new AtomicBoolean();

    private static final DatasetSource<NoOptions> DOTS =
            options -> Dataset.classification(Examples.of(List.of("x"), new double[] {1}, new double[] {0}), "y", "");

    @Test
    void listsItsEntriesWithoutWakingAnyClass() {
        List<PluginEntry> entries = entries(new PluginModule() {
            @Override
            protected void plug() {
                trainer("sleeper", NoOptions.class)
                        .summary("Sleeps")
                        .source("nobody")
                        .oneAtATime()
                        .to(Sleeper.class);
                dataset("dots", NoOptions.class).summary("Dots").to(DOTS);
            }
        });
        assertEquals(
                Set.of(
                        new PluginEntry(PluginEntry.Kind.TRAINER, "sleeper", NoOptions.class, "Sleeps", "nobody", true),
                        new PluginEntry(PluginEntry.Kind.DATASET, "dots", NoOptions.class, "Dots", "", false)),
                Set.copyOf(entries));
        assertFalse(WOKEN.get(), "the class was initialised");
    }

    @Test
    void givesWhatItBringsByName() {
        Map<String, DatasetSource<?>> datasets = Guice.createInjector(new PluginModule() {
                    @Override
                    protected void plug() {
                        dataset("dots", NoOptions.class).to(DOTS);
                        dataset("stripes", NoOptions.class).to(Stripes.class);
                    }
                })
                .getInstance(Key.get(new TypeLiteral<Map<String, DatasetSource<?>>>() {}));
        assertEquals(Set.of("dots", "stripes"), datasets.keySet());
        assertEquals(DOTS, datasets.get("dots"));
        assertInstanceOf(Stripes.class, datasets.get("stripes"));
    }

    @Test
    void letsThePluginBindWhatItNeeds() {
        Map<String, DatasetSource<?>> datasets = Guice.createInjector(new PluginModule() {
                    @Override
                    protected void plug() {
                        bind(String.class).toInstance("wide");
                        dataset("stripes", NoOptions.class).to(NamedStripes.class);
                    }
                })
                .getInstance(Key.get(new TypeLiteral<Map<String, DatasetSource<?>>>() {}));
        assertEquals(
                "wide",
                assertInstanceOf(NamedStripes.class, datasets.get("stripes")).name());
    }

    @Test
    void namesTheAuthorsLineInAnErrorOfGuice() {
        CreationException unbound =
                assertThrows(CreationException.class, () -> Guice.createInjector(new ForgetsABinding()));
        String message = String.valueOf(unbound.getMessage());
        assertTrue(message.contains("at PluginModuleTest$ForgetsABinding.plug(PluginModuleTest.java:"), message);
        assertFalse(message.contains("PluginModule.java"), message);
    }

    @Test
    void refusesOneNameTwice() {
        CreationException twice = assertThrows(
                CreationException.class,
                () -> Guice.createInjector(new PluginModule() {
                    @Override
                    protected void plug() {
                        dataset("dots", NoOptions.class).to(DOTS);
                        dataset("dots", NoOptions.class).to(Stripes.class);
                    }
                }));
        assertTrue(twice.toString().contains("\"dots\""), twice.getMessage());
    }

    @Test
    void givesLaunchersByNameAsTheOtherKinds() {
        Launcher<NoOptions> shelf = new Shelf();
        Map<String, Launcher<?>> launchers = Guice.createInjector(new PluginModule() {
                    @Override
                    protected void plug() {
                        launcher("shelf", NoOptions.class)
                                .summary("Never begins")
                                .to(shelf);
                        launcher("class", NoOptions.class).to(Shelf.class);
                    }
                })
                .getInstance(Key.get(new TypeLiteral<Map<String, Launcher<?>>>() {}));
        assertEquals(Set.of("shelf", "class"), launchers.keySet());
        assertEquals(shelf, launchers.get("shelf"));
        assertInstanceOf(Shelf.class, launchers.get("class"));
    }

    @Test
    void refusesALauncherWithTheNameOfTheThreadsOfTheProgram() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new PluginEntry(PluginEntry.Kind.LAUNCHER, "local", NoOptions.class, "", "", false));
        assertEquals(
                "no launcher can be called local, which stands for the threads of the program itself: give it another name",
                refused.getMessage());
        new PluginEntry(PluginEntry.Kind.TRAINER, "local", NoOptions.class, "", "", false);
    }

    @Test
    void refusesALauncherWhoseRunsMustNotOverlap() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new PluginEntry(PluginEntry.Kind.LAUNCHER, "shelf", NoOptions.class, "", "", true));
        assertEquals(
                "launcher shelf has no runs of its own: oneAtATime() is for datasets and trainers",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Dots", "two words", "-dots", "dots-", "2dots", "a--b", "a_b", "é"})
    void refusesANameThatIsNotALowerCaseWord(String name) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new PluginEntry(PluginEntry.Kind.DATASET, name, NoOptions.class, "", "", false));
        assertTrue(refused.toString().contains("'" + name + "'"), refused.getMessage());
    }

    private static List<PluginEntry> entries(PluginModule module) {
        return Elements.getElements(module).stream()
                .flatMap(element -> element instanceof InstanceBinding<?> binding
                                && binding.getInstance() instanceof PluginEntry entry
                        ? Stream.of(entry)
                        : Stream.empty())
                .collect(Collectors.toList());
    }

    static final class Stripes implements DatasetSource<NoOptions> {
        @Override
        public Dataset open(NoOptions options) {
            return DOTS.open(options);
        }
    }

    static final class NamedStripes implements DatasetSource<NoOptions> {

        private final String name;

        @Inject
        NamedStripes(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        @Override
        public Dataset open(NoOptions options) {
            return DOTS.open(options);
        }
    }

    static final class ForgetsABinding extends PluginModule {
        @Override
        protected void plug() {
            dataset("stripes", NoOptions.class).to(NeedsAList.class);
        }
    }

    static final class NeedsAList implements DatasetSource<NoOptions> {

        @Inject
        NeedsAList(List<Integer> numbers) {
            assertFalse(numbers.isEmpty());
        }

        @Override
        public Dataset open(NoOptions options) {
            return DOTS.open(options);
        }
    }

    static final class Shelf implements Launcher<NoOptions> {
        @Override
        public String submit(NoOptions options, List<TaskFile> tasks, Exchange exchange) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JobState poll(NoOptions options, String job, Exchange exchange) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void cancel(NoOptions options, String job, Exchange exchange) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String log(NoOptions options, String job, Exchange exchange) {
            throw new UnsupportedOperationException();
        }
    }

    static final class Sleeper implements Trainer<NoOptions> {

        static {
            WOKEN.set(true);
        }

        @Override
        public Model train(NoOptions options, Training training) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Model restore(NoOptions options, Schema schema, InputStream in) {
            throw new UnsupportedOperationException();
        }
    }
}
