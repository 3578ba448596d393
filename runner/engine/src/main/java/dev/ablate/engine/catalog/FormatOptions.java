package dev.ablate.engine.catalog;

import dev.ablate.core.plugin.PluginEntry.Kind;
import dev.ablate.engine.experiment.Block;
import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import dev.ablate.engine.yaml.NodeReader;
import dev.ablate.engine.yaml.Setting;
import dev.ablate.reader.file.FileFormat;
import dev.ablate.worker.catalog.OptionsRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how a file is written, which a command says in the words of a dataset's options. */
public final class FormatOptions {

    /** The option of commands that says it. */
    public static final String OPTION = "--read";

    private FormatOptions() {}

    /**
     * How a file is written.
     *
     * @param stored values by option in the words of a spec, as a run stores them; other options are left out
     * @param given {@code KEY=VALUE} as typed, which count before those stored
     * @throws SpecException with all that is wrong with what is given
     */
    public static FileFormat of(Map<String, String> stored, List<String> given) {
        OptionsRecord record = new OptionsRecord(FileFormat.class);
        Problems problems = new Problems();
        Map<String, Setting> options = new LinkedHashMap<>();
        stored.forEach((key, value) -> {
            if (record.names().contains(key)) {
                setting(key, key, value, problems).ifPresent(setting -> options.put(key, setting));
            }
        });
        for (String typed : given) {
            String name = OPTION + " " + typed;
            String key = typed.replaceFirst("=.*", "").strip();
            if (!typed.contains("=") || !record.names().contains(key)) {
                problems.add(Problem.error(
                                Position.ofOption(name),
                                typed.contains("=")
                                        ? "unknown key " + Problem.quoted(key)
                                        : "must be KEY=VALUE, such as skip=2")
                        .suggesting(Suggestion.didYouMean(key, record.names()))
                        .noting("keys: " + String.join(", ", record.names())));
            } else {
                String value = typed.substring(typed.indexOf('=') + 1);
                setting(name, key, yaml(key, value), problems).ifPresent(setting -> options.put(key, setting));
            }
        }
        problems.throwIfErrors();
        Block block = new Block(Position.ofOption(OPTION), Optional.empty(), options);
        Optional<Record> format = new OptionsBinder(record, new Defaults(record), Kind.DATASET, "")
                .bind(block, Optional.empty(), Set.of(), problems);
        problems.throwIfErrors();
        return (FileFormat) format.orElseThrow();
    }

    /** What is typed as YAML: marks need no quotes, and one word for a missing value is a list of one. */
    private static String yaml(String key, String typed) {
        boolean written = typed.matches("(?s)['\"\\[].+");
        String text = written
                ? typed
                : typed.equals("\\t")
                        ? "\"\\t\""
                        : typed.matches("-?\\w[\\w-]*") ? typed : "'" + typed.replace("'", "''") + "'";
        return key.equals("na") && !text.startsWith("[") ? "['" + typed.replace("'", "''") + "']" : text;
    }

    private static Optional<Setting> setting(String name, String key, String yaml, Problems problems) {
        return NodeReader.read(name, yaml, problems)
                .map(value -> new Setting(key, value.at(), value, Optional.empty()));
    }
}
