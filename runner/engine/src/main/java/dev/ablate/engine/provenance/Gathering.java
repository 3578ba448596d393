package dev.ablate.engine.provenance;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.ablate.engine.problem.RequestException;
import dev.ablate.engine.runs.Provenance;
import dev.ablate.worker.task.ThisProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what runs are begun with. What takes time (git, the host's name) is asked on a thread of its own: the first time from the
 * beginning, later when it is asked for. {@link #get} waits for it, at most two seconds from then on.
 */
public final class Gathering implements Supplier<Provenance> {

    /** How long git and the rest may take, together. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Settings settings;

    /** Begun, and not yet waited for. */
    private @Nullable Look ahead;

    private Gathering(Settings settings) {
        this.settings = settings;
    }

    /**
     * Where to look.
     *
     * @param folder the working directory
     * @param environment the process's variables: git is found in them, and run with them
     * @param home Ablate's own folder, which is no part of the code
     * @param command what was typed, masked; see {@link CommandMask}
     * @param plugins the plugins that there are, one a line
     * @param without names of {@link Provenance#NAMES} that are not to be kept
     */
    public record Settings(
            Path folder,
            Map<String, String> environment,
            Path home,
            String command,
            Supplier<List<String>> plugins,
            Set<String> without) {
        /** Copies the collections. */
        public Settings {
            environment = Map.copyOf(environment);
            without = Set.copyOf(without);
        }
    }

    /** Begins to look. */
    public static Gathering begin(Settings settings) {
        Gathering gathering = new Gathering(settings);
        gathering.ahead = new Look(settings);
        return gathering;
    }

    /**
     * What Java and the program say of themselves: nothing is asked of the machine.
     *
     * @param plugins the plugins that there are, one a line
     */
    public static Provenance ofProgram(List<String> plugins) {
        Map<String, String> values = new LinkedHashMap<>(ThisProgram.ofJava());
        values.put("plugins", String.join("\n", plugins));
        values.values().removeIf(String::isEmpty);
        return new Provenance(values);
    }

    /** As things are now, or were at the beginning where nobody has asked since: code may be edited between two calls. */
    @Override
    public Provenance get() {
        Look look;
        synchronized (this) {
            Look begun = ahead;
            look = begun == null ? new Look(settings) : begun;
            ahead = null;
        }
        Map<String, String> values =
                new LinkedHashMap<>(ofProgram(settings.plugins().get()).values());
        values.put("command", settings.command());
        values.put(Provenance.GIT_STATE, GitTree.State.UNKNOWN.word());
        values.putAll(look.found());
        return new Provenance(values).without(settings.without());
    }

    /** One look at the code and the machine, which goes on beside its maker. */
    private static final class Look {

        private final Settings settings;
        private final long deadline = System.nanoTime() + LIMIT.toNanos();
        private final Map<String, String> asked = Collections.synchronizedMap(new LinkedHashMap<>());
        private final Thread thread = new Thread(this::ask, "ablate-provenance");

        Look(Settings settings) {
            this.settings = settings;
            thread.setDaemon(true);
            thread.start();
        }

        /** What is known in the end, or after two seconds. */
        Map<String, String> found() {
            Uninterruptibles.joinUninterruptibly(
                    thread, Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            synchronized (asked) {
                return new LinkedHashMap<>(asked);
            }
        }

        private boolean isWanted(String name) {
            return !settings.without().contains(name);
        }

        private void ask() {
            if (isWanted(Provenance.GIT_COMMIT) || isWanted(Provenance.GIT_STATE)) {
                GitTree tree = GitTree.of(settings.folder(), settings.environment(), settings.home(), LIMIT);
                Map<String, String> git = new LinkedHashMap<>();
                git.put(Provenance.GIT_STATE, tree.state().word());
                tree.commit().ifPresent(commit -> git.put(Provenance.GIT_COMMIT, commit));
                tree.patchHash().ifPresent(hash -> git.put(Provenance.GIT_PATCH_SHA256, hash));
                tree.patch().ifPresent(patch -> git.put(Provenance.GIT_PATCH, patch));
                // at once, so that nobody gets a part of it
                asked.putAll(git);
            }
            ThisProgram.processor(settings.environment())
                    .ifPresent(processor -> asked.put(ThisProgram.PROCESSOR, processor));
            if (isWanted(ThisProgram.HOST)) {
                ThisProgram.host(settings.environment()).ifPresent(host -> asked.put(ThisProgram.HOST, host));
            }
        }
    }

    /**
     * The names that a list of names and beginnings of names stands for: {@code host, git}.
     *
     * @throws RequestException if one of them is none
     */
    public static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Gathering::meant)
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }

    private static List<String> meant(String word) {
        List<String> meant = Provenance.NAMES.stream()
                .filter(name -> name.equals(word) || name.startsWith(word + "_"))
                .toList();
        if (meant.isEmpty()) {
            throw new RequestException(
                    "there is no '" + word + "' in a run's provenance; names: " + String.join(", ", Provenance.NAMES));
        }
        return meant;
    }
}
