package dev.ablate.engine.catalog;

import dev.ablate.core.data.Task;
import dev.ablate.core.option.Refused;
import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.Reading;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.worker.catalog.OptionsRecord;
import dev.ablate.worker.catalog.OptionsRecord.Field;
import dev.ablate.worker.text.Thrown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes an options record of what is written in a block, and reports everything that is wrong with it at once. */
final class OptionsBinder {

    /** More names than this are not listed. */
    private static final int LISTED = 30;

    private final OptionsRecord record;
    private final Defaults defaults;
    private final Kind kind;
    private final String plugin;

    /**
     * Binds options of one plugin.
     *
     * @param kind what it is
     * @param plugin its name
     */
    OptionsBinder(OptionsRecord record, Defaults defaults, Kind kind, String plugin) {
        this.record = record;
        this.defaults = defaults;
        this.kind = kind;
        this.plugin = plugin;
    }

    /**
     * The record; empty if an option is missing or wrong, which is reported. Options that the record does not have are not looked
     * at.
     *
     * @param task what is learned, which some defaults depend on; empty if it is not known
     * @param meant options that were given under wrong names, so that nothing is said of their being missing
     * @throws dev.ablate.worker.catalog.PluginException if the record fails
     */
    Optional<Record> bind(Block block, Optional<Task> task, Set<String> meant, Problems problems) {
        List<@Nullable Object> values = new ArrayList<>();
        boolean complete = true;
        for (Field field : record.fields()) {
            Setting setting = block.options().get(field.name());
            Object value = null;
            if (setting != null) {
                value = WrittenValue.read(field.type(), Reading.of(setting, problems), field.range())
                        .orElse(null);
                complete &= value != null;
            } else if (field.required()) {
                if (!meant.contains(field.name())) {
                    problems.add(
                            block.missing(field.name(), Catalog.word(kind) + " '" + plugin + "' needs " + field.name())
                                    .noting(OptionDescription.of(field).toString()));
                }
                complete = false;
            } else if (!field.optional()) {
                value = defaults.of(field, task);
            }
            values.add(value);
        }
        if (!complete) {
            return Optional.empty();
        }
        try {
            return Optional.of(record.make(values));
        } catch (Refused e) {
            report(e, Catalog.place(kind), block, meant, problems);
            return Optional.empty();
        }
    }

    /** Every option that has a value, sorted by name. */
    List<BoundOption> options(Record instance, Block block) {
        List<BoundOption> options = new ArrayList<>();
        record.written(instance).forEach((name, data) -> {
            // a plugin's type may write what it should not: better reported here than where it is used
            CanonicalText.node(data, Path::toString);
            options.add(new BoundOption(
                    name, data, Optional.ofNullable(block.options().get(name))));
        });
        return options;
    }

    /** Reports each reason where its option stands, or at the block where nobody gave it. */
    static void report(Refused refused, String place, Block block, Set<String> meant, Problems problems) {
        for (Refused.Reason reason : refused.all()) {
            Setting setting = block.options().get(reason.option());
            String text = Thrown.oneLine(reason.text());
            String message = place + "." + reason.option() + ": " + text;
            if (setting == null && !meant.contains(reason.option())) {
                problems.add(block.missing(reason.option(), message));
            } else if (setting != null) {
                Position at = setting.value().at();
                String found = at.isOption() ? text : message;
                problems.add(withKnown(Problem.error(at, found + setting.overriding()), reason));
            }
        }
    }

    private static Problem withKnown(Problem problem, Refused.Reason reason) {
        List<String> known = reason.known().stream().sorted().toList();
        Problem suggesting = problem.suggesting(Suggestion.didYouMean(reason.name(), known));
        return known.isEmpty() || known.size() > LISTED ? suggesting : suggesting.noting(Suggestion.there(known));
    }
}
