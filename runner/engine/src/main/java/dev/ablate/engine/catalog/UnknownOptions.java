package dev.ablate.engine.catalog;

import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.Plugged;
import dev.ablate.worker.catalog.PluginException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reports what a block says to a plugin that does not have such an option. */
final class UnknownOptions {

    private final Kind kind;
    private final Collection<Plugged> all;

    /**
     * With those that may have it.
     *
     * @param all all of one kind
     */
    UnknownOptions(Kind kind, Collection<Plugged> all) {
        this.kind = kind;
        this.all = all;
    }

    /**
     * Reports each option that a plugin does not have; gives those that were probably meant.
     *
     * @param name the plugin's
     * @param keys what may be said to it
     */
    Set<String> refuse(String name, List<String> keys, Block block, Problems problems) {
        Set<String> meant = new HashSet<>();
        block.options().forEach((option, setting) -> {
            if (!keys.contains(option)) {
                problems.add(unknown(name, keys, option, setting));
                Suggestion.nearest(option, keys).ifPresent(meant::add);
            }
        });
        return meant;
    }

    private Problem unknown(String name, List<String> keys, String option, Setting setting) {
        List<String> others = new ArrayList<>();
        for (Plugged other : all) {
            if (!other.entry().name().equals(name) && has(other, option)) {
                others.add(other.entry().name());
            }
        }
        String word = Plugged.word(kind);
        String message = others.isEmpty()
                ? "unknown key " + Problem.quoted(option) + " for " + word + " '" + name + "'"
                : option + " is an option of " + String.join(", ", others) + ", not of " + name;
        String described = "   (ablate describe " + word + " " + name + ")";
        return Problem.error(setting.keyAt(), message)
                .suggesting(Suggestion.didYouMean(option, keys))
                .noting(
                        keys.isEmpty()
                                ? word + " '" + name + "' has no options"
                                : "keys: " + String.join(", ", keys) + described);
    }

    private static boolean has(Plugged plugged, String option) {
        try {
            return plugged.options().names().contains(option);
        } catch (PluginException e) {
            // its fault is reported to those who use it
            return false;
        }
    }
}
