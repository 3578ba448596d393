package dev.ablate.engine;

import com.google.gson.stream.JsonWriter;
import dev.ablate.engine.plan.Version;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code environment.json}: what runs were trained with. */
final class EnvironmentFile {

    private EnvironmentFile() {}

    /** The same for a person, by name. */
    static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Ablate", Version.text());
        facts.put("Java", System.getProperty("java.version"));
        facts.put("virtual machine", System.getProperty("java.vm.name"));
        facts.put("operating system", System.getProperty("os.name"));
        facts.put("operating system version", System.getProperty("os.version"));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return facts;
    }

    static String text() {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.beginObject();
            json.name("ablate").value(Version.text());
            json.name("java").value(System.getProperty("java.version"));
            json.name("virtual_machine").value(System.getProperty("java.vm.name"));
            json.name("operating_system").value(System.getProperty("os.name"));
            json.name("operating_system_version").value(System.getProperty("os.version"));
            json.name("architecture").value(System.getProperty("os.arch"));
            json.name("processors").value(Runtime.getRuntime().availableProcessors());
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }
}
