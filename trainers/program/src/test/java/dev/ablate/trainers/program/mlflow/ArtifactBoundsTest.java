package dev.ablate.trainers.program.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import dev.ablate.core.note.Note;
import dev.ablate.core.note.RecordedNotes;
import dev.ablate.core.note.RunNotes;
import dev.ablate.trainers.program.mlflow.ArtifactFiles.Bounds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much a program may log by MLflow's clients, to the byte. */
@Timeout(60)
class ArtifactBoundsTest {

    private static final Bounds SMALL = new Bounds(100, 250, 3);

    private final RecordedNotes notes = new RecordedNotes();
    private final Map<String, String> environment = new HashMap<>();

    /** What came of a request. */
    private record Answer(int status, String body) {
        String message() {
            return JsonParser.parseString(body).getAsJsonObject().get("message").getAsString();
        }
    }

    private MlflowEndpoint endpoint(RunNotes taking, Bounds bounds) throws IOException {
        MlflowEndpoint endpoint = new MlflowEndpoint(taking, bounds);
        endpoint.put(environment);
        return endpoint;
    }

    private String address(String path) {
        return environment.get("MLFLOW_TRACKING_URI") + "/api/2.0/mlflow-artifacts/artifacts/1/"
                + environment.get("MLFLOW_RUN_ID") + "/artifacts/" + path;
    }

    private HttpURLConnection connection(String method, String path) throws IOException {
        HttpURLConnection connection = connection(URI.create(address(path)));
        connection.setRequestMethod(method);
        return connection;
    }

    private HttpURLConnection connection(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + environment.get("MLFLOW_TRACKING_TOKEN"));
        return connection;
    }

    private static Answer answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return new Answer(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    private Answer put(String path, long bytes) throws IOException {
        HttpURLConnection connection = connection("PUT", path);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes);
        byte[] block = new byte[1 << 16];
        try (OutputStream out = connection.getOutputStream()) {
            for (long rest = bytes; rest > 0; rest -= block.length) {
                out.write(block, 0, (int) Math.min(rest, block.length));
            }
        }
        return answer(connection);
    }

    private Answer get(String path) throws IOException {
        return answer(connection("GET", path));
    }

    @Test
    void aFileMayHaveSoManyBytesAndNotOneMore() throws IOException {
        try (MlflowEndpoint endpoint = endpoint(notes, SMALL)) {
            assertThat(put("models/least.bin", 0).status()).isEqualTo(200);
            assertThat(put("models/most.bin", 100).status()).isEqualTo(200);
            Answer refused = put("models/more.bin", 101);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message())
                    .isEqualTo(
                            "models/more.bin has 101 bytes, and a file of a run may have 100: log where it lies as a tag,"
                                    + " or log it in parts");
            assertThat(get("models/more.bin").status()).isEqualTo(404);
            assertThat(get("models/most.bin").body()).hasSize(100);
            assertThat(notes.artifacts()).containsOnlyKeys("models/least.bin", "models/most.bin");
            // a refused file counts nothing
            assertThat(put("models/more.bin", 99).status()).isEqualTo(200);
            assertThat(endpoint.remarks()).isEmpty();
        }
    }

    /** A client that is still sending when it is refused would see a broken connection, and no reason. */
    @Test
    void aClientThatSendsFarTooMuchGetsTheReason() throws IOException {
        Map<String, Long> sizes = new ConcurrentHashMap<>();
        RunNotes measuring = new RunNotes() {
            @Override
            public void add(List<? extends Note> added) {}

            @Override
            public void artifact(String path, Path file) {
                try {
                    sizes.put(path, Files.size(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public RunNotes child(String name, long time) {
                return this;
            }
        };
        try (MlflowEndpoint endpoint = endpoint(measuring, Bounds.USUAL)) {
            assertThat(put("most.bin", 100_000_000).status()).isEqualTo(200);
            Answer refused = put("more.bin", 300_000_000);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message())
                    .startsWith("more.bin has 300,000,000 bytes, and a file of a run may have 100,000,000: ");
            assertThat(sizes).isEqualTo(Map.of("most.bin", 100_000_000L));
            assertThat(endpoint.wasUsed()).isTrue();
        }
    }

    @Test
    void theFilesOfARunHaveABoundTogether() throws IOException {
        try (MlflowEndpoint endpoint = endpoint(notes, SMALL)) {
            assertThat(put("a", 100).status()).isEqualTo(200);
            assertThat(put("b", 100).status()).isEqualTo(200);
            Answer refused = put("c", 51);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message())
                    .isEqualTo(
                            "There is no room for c, which has 51 bytes: the files of a run may have 250 together, and"
                                    + " there are 200: log the last version of a file alone, or where it lies as a tag");
            assertThat(get("c").status()).isEqualTo(404);
            assertThat(put("c", 50).status()).isEqualTo(200);
            assertThat(notes.artifacts()).containsOnlyKeys("a", "b", "c");
            assertThat(notes.artifacts().get("c")).hasSize(50);
            assertThat(endpoint.remarks()).isEmpty();
        }
    }

    @Test
    void aFileThatReplacesAnotherTakesItsRoom() throws IOException {
        try (MlflowEndpoint endpoint = endpoint(notes, SMALL)) {
            for (int k = 0; k < 10; k++) {
                assertThat(put("state.bin", 100 - k).status()).isEqualTo(200);
                assertThat(put("metrics.json", 90 + k).status()).isEqualTo(200);
            }
            assertThat(put("last", 60).status()).isEqualTo(200);
            assertThat(put("last", 61).status()).isEqualTo(400);
            assertThat(notes.artifacts().get("last")).hasSize(60);
            assertThat(get("last").body()).hasSize(60);
            assertThat(endpoint.remarks()).isEmpty();
        }
    }

    @Test
    void aRunMayHaveSoManyFiles() throws IOException {
        try (MlflowEndpoint endpoint = endpoint(notes, SMALL)) {
            for (String name : List.of("a", "b", "c", "c")) {
                assertThat(put(name, 1).status()).isEqualTo(200);
            }
            Answer refused = put("d", 1);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.message())
                    .isEqualTo("There is no room for d: a run may have 3 files: log many small ones as one archive");
            assertThat(notes.artifacts()).containsOnlyKeys("a", "b", "c");
            assertThat(endpoint.remarks()).isEmpty();
        }
    }

    @Test
    void filesAndFoldersDoNotReplaceEachOther() throws IOException {
        try (MlflowEndpoint endpoint = endpoint(notes, SMALL)) {
            assertThat(put("a/b", 1).status()).isEqualTo(200);
            assertThat(put("a", 1).message()).endsWith("it is a folder");
            assertThat(put("a/b/c", 1).message()).endsWith("there is a file where it needs a folder");
            assertThat(notes.artifacts()).containsOnlyKeys("a/b");
            assertThat(endpoint.remarks()).isEmpty();
        }
    }

    /** What cannot be stored is not there for the client either, which may send it again. */
    @Test
    void nothingIsThereOfWhatIsNotStored() throws IOException {
        RunNotes full = new RunNotes() {
            @Override
            public void add(List<? extends Note> added) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public void artifact(String path, Path file) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public RunNotes child(String name, long time) {
                return this;
            }
        };
        try (MlflowEndpoint endpoint = endpoint(full, SMALL)) {
            Answer refused = put("a", 1);
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.message()).isEqualTo("It cannot be stored: disk full");
            assertThat(get("a").status()).isEqualTo(404);
            refused = log(
                    "{\"run_id\": \"" + environment.get("MLFLOW_RUN_ID")
                            + "\", \"params\": [{\"key\": \"lr\", \"value\": \"1\"}], \"metrics\": [{\"key\": \"loss\", \"value\": 1}]}");
            assertThat(refused.status()).isEqualTo(500);
            assertThat(refused.message()).isEqualTo("It cannot be stored: disk full");
            assertThat(run()).doesNotContain("\"lr\"", "\"loss\"");
            assertThat(endpoint.values()).isEmpty();
        }
    }

    private Answer log(String batch) throws IOException {
        HttpURLConnection connection = call("log-batch");
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(batch.getBytes(StandardCharsets.UTF_8));
        }
        return answer(connection);
    }

    private String run() throws IOException {
        return answer(call("get?run_id=" + environment.get("MLFLOW_RUN_ID"))).body();
    }

    private HttpURLConnection call(String name) throws IOException {
        return connection(URI.create(environment.get("MLFLOW_TRACKING_URI") + "/api/2.0/mlflow/runs/" + name));
    }

    /** Of a client that was killed while it sent a file. */
    @Test
    void nothingRemainsOfAFileThatBreaksOff() throws Exception {
        try (ArtifactFiles files = new ArtifactFiles(SMALL)) {
            InputStream broken = new InputStream() {
                private int rest = 50;

                @Override
                public int read() throws IOException {
                    return read(new byte[1], 0, 1);
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    if (rest == 0) {
                        throw new IOException("connection reset");
                    }
                    rest--;
                    return 1;
                }
            };
            Path whole = files.received("1/r/artifacts/whole", new ByteArrayInputStream(new byte[10]));
            assertThatThrownBy(() -> files.received("1/r/artifacts/half", broken))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> files.received("1/r/artifacts/more", new ByteArrayInputStream(new byte[101])))
                    .isInstanceOf(ApiError.class);
            try (Stream<Path> all = Files.list(whole.resolve("..").normalize())) {
                assertThat(all).containsExactly(whole);
            }
        }
        try (MlflowEndpoint endpoint = endpoint(notes, SMALL)) {
            URI server = URI.create(address("half"));
            try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                String request = "PUT " + server.getPath() + " HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nAuthorization: Bearer " + environment.get("MLFLOW_TRACKING_TOKEN")
                        + "\r\nContent-Length: 90\r\n\r\nhalf";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                // the server ends the connection when it has seen the end
                socket.getInputStream().readAllBytes();
            }
            assertThat(get("half").status()).isEqualTo(404);
            assertThat(notes.artifacts()).isEmpty();
            assertThat(endpoint.wasUsed()).isTrue();
        }
    }
}
