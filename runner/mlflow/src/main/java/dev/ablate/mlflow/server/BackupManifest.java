package dev.ablate.mlflow.server;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a backup says of itself.
 *
 * @param mlflow the version whose data it holds; empty if that is not known
 * @param schema the state of its database
 * @param created when
 * @param files how many it holds, without this
 * @param bytes their size
 */
record BackupManifest(String mlflow, String schema, Instant created, long files, long bytes) {

    /** Its name in a backup. */
    static final String NAME = "ablate-backup.json";

    /** Of the file as a whole; what it does not know, an Ablate refuses. */
    private static final int FORMAT = 1;

    String text() {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("mlflow", mlflow);
        json.addProperty("schema", schema);
        json.addProperty("created", created.toString());
        json.addProperty("files", files);
        json.addProperty("bytes", bytes);
        return json + "\n";
    }

    /**
     * Reads it.
     *
     * @param file which it describes, for the message
     * @return empty if it is none
     * @throws LocalServerException if a later Ablate wrote it
     */
    static Optional<BackupManifest> read(String text, Path file) throws LocalServerException {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            if (json.get("format").getAsInt() > FORMAT) {
                throw new LocalServerException(file + " cannot be restored: it is of a later Ablate (format "
                        + json.get("format").getAsInt() + ", this one reads " + FORMAT + ")");
            }
            return Optional.of(new BackupManifest(
                    json.get("mlflow").getAsString(),
                    json.get("schema").getAsString(),
                    Instant.parse(json.get("created").getAsString()),
                    json.get("files").getAsLong(),
                    json.get("bytes").getAsLong()));
        } catch (JsonParseException
                | IllegalStateException
                | NullPointerException
                | UnsupportedOperationException
                | IllegalArgumentException
                | DateTimeException notAManifest) {
            return Optional.empty();
        }
    }
}
