package dev.ablate.cli.command;

import com.google.gson.stream.JsonWriter;
import dev.ablate.engine.report.layout.Numbers;
import dev.ablate.mlflow.server.LocalServer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What there is to say of the managed server. */
public final class UiStatus {

    public enum Format {
        TABLE,
        JSON;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final LocalServer.Status status;

    UiStatus(LocalServer.Status status) {
        this.status = status;
    }

    /** For a person. */
    List<String> lines() {
        return List.of(
                state() + advice(),
                "data: " + status.data() + " (" + megabytes(status.bytes()) + "; database "
                        + megabytes(status.database()) + ", artifacts " + megabytes(status.artifacts()) + ")");
    }

    private String state() {
        String mlflow = "MLflow" + status.version().map(text -> " " + text).orElse("") + " at "
                + status.address().map(Object::toString).orElse("");
        String process = "process " + status.processes().stream().findFirst().orElse(0L);
        return switch (status.state()) {
            case RUNNING -> mlflow.replace(" at ", " runs at ");
            case STARTING -> mlflow + " is starting (" + process + "; log: " + status.log() + ")";
            case SUSPENDED ->
                mlflow + " does not answer: " + process + " is stopped. To let it go on: " + status.toGoOn()
                        + "; to end it and start it again: ablate ui";
            case SILENT ->
                mlflow + " does not answer (" + process + "; log: " + status.log()
                        + "). To end it and start it again: ablate ui";
            case DOWN -> "MLflow does not run. To start it: ablate ui";
        };
    }

    /** What to do where the data are not of the version that this Ablate comes with. */
    private String advice() {
        Optional<String> other = status.version().filter(version -> !version.equals(LocalServer.VERSION));
        if (other.isEmpty()) {
            return "";
        }
        String wrote = status.running() ? "" : "\nIts data are of " + other.get();
        return wrote
                + (isOlder(other.get())
                        ? "; this Ablate comes with " + LocalServer.VERSION + ". To have that: ablate ui upgrade"
                        : "; this Ablate comes with " + LocalServer.VERSION + ", which is older");
    }

    private static boolean isOlder(String version) {
        try {
            return ModuleDescriptor.Version.parse(version)
                            .compareTo(ModuleDescriptor.Version.parse(LocalServer.VERSION))
                    < 0;
        } catch (IllegalArgumentException noVersion) {
            return false;
        }
    }

    private static String megabytes(long bytes) {
        return Numbers.rounded(bytes / 1e6) + " MB";
    }

    /** For a program. */
    String json() {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            json.setSerializeNulls(true);
            json.beginObject();
            json.name("format").value(1);
            json.name("running").value(status.running());
            json.name("state").value(status.state().name().toLowerCase(Locale.ROOT));
            json.name("address").value(status.address().map(Object::toString).orElse(null));
            json.name("processes").beginArray();
            for (long process : status.processes()) {
                json.value(process);
            }
            json.endArray();
            json.name("version").value(status.version().orElse(null));
            json.name("pinned").value(LocalServer.VERSION);
            json.name("data").value(status.data().toString());
            json.name("log").value(status.log().toString());
            json.name("bytes").value(status.bytes());
            json.name("database_bytes").value(status.database());
            json.name("artifact_bytes").value(status.artifacts());
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }
}
