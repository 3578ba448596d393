package dev.ablate.mlflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ablate.mlflow.delivery.ManagedMlflow;
import dev.ablate.mlflow.delivery.MlflowExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server keeps, without a server; RestoreTest starts some. */
@ManagedMlflow
class ServerDataTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path home;

    private Path folder;
    private Path file;
    private ServerData data;
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void nameTheFolder() {
        folder = home.resolve("a b#ü").resolve("mlflow");
        file = home.resolve("kept.zip");
        data = of(folder);
    }

    /** Of 3.6; RestoreTest has the same done to 2.22 in each build. */
    @Test
    @EnabledIfSystemProperty(named = "ablate.mlflow.versions", matches = ".+", disabledReason = "six seconds of CPU")
    void bringsWhatAnOlderMlflowKeptToThePinnedOneAndKeepsItAsItWas() throws Exception {
        String schema = "bf29a5ff90ea";
        OldData.unpack("3.6.0", folder);
        Map<String, Double> before = runs(folder.resolve("mlflow.db"));
        assertThat(before).hasSize(2);

        ServerData.Upgraded upgraded = data.upgrade(progress::add);

        assertThat(upgraded.changed()).isTrue();
        assertThat(upgraded.address()).isEmpty();
        assertThat(runs(folder.resolve("mlflow.db"))).isEqualTo(before);
        Path kept = folder.resolve("backups").resolve("mlflow-" + schema + "-20260301-120000.db");
        assertThat(upgraded.before()).contains(kept);
        assertThat(runs(kept)).isEqualTo(before);
        assertThat(ServerFolder.schema(kept)).contains(schema);
        assertThat(names(folder))
                .containsExactlyInAnyOrder("artifacts", "backups", "mlflow.db", "server.lock", "upgrade.log");
        assertThat(data.upgrade(progress::add).changed()).isFalse();
    }

    @Test
    void leavesTheDatabaseAsItWasWhereMlflowCannotUpgradeIt() throws Exception {
        OldData.unpack("3.6.0", folder);
        execute("DROP TABLE experiments");
        byte[] before = Files.readAllBytes(folder.resolve("mlflow.db"));

        assertThatThrownBy(() -> data.upgrade(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("MLflow could not bring its database to " + LocalServer.VERSION
                        + ", and it was left as it was; the end of ")
                .hasMessageContaining("NoSuchTableError: experiments");

        assertThat(folder.resolve("mlflow.db")).hasBinaryContent(before);
        assertThat(names(folder)).containsExactlyInAnyOrder("artifacts", "mlflow.db", "server.lock", "upgrade.log");
    }

    @Test
    void refusesDataOfANewerMlflowAndLeavesThemAlone() throws Exception {
        OldData.unpack("3.6.0", folder);
        execute("UPDATE alembic_version SET version_num = 'of-a-later-mlflow'");
        byte[] before = Files.readAllBytes(folder.resolve("mlflow.db"));
        LocalServer server = new LocalServer(folder, MlflowExtension.shared(), NOON, System.getenv());

        assertThatThrownBy(() -> server.start(progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("are of a newer MLflow than " + LocalServer.VERSION)
                .hasMessageContaining("of-a-later-mlflow");
        assertThatThrownBy(() -> data.upgrade(progress::add)).hasMessageContaining("nothing was changed");

        assertThat(folder.resolve("mlflow.db")).hasBinaryContent(before);
        data.backup(file, progress::add);
        Path elsewhere = home.resolve("elsewhere");
        assertThatThrownBy(() -> of(elsewhere).restore(file, false, progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("the data in " + file + " are of a newer MLflow");
        assertThat(names(elsewhere)).containsExactly("server.lock");
    }

    @Test
    void restoresWhatWasBackedUpAndPutsAsideWhatWasThere() throws Exception {
        OldData.unpack("2.22.5", folder);
        Map<String, Double> runs = runs(folder.resolve("mlflow.db"));
        Map<String, String> artifacts = contents(folder.resolve("artifacts"));
        assertThat(artifacts).hasSize(2);
        long bytes = data.backup(file, progress::add);
        assertThat(bytes).isGreaterThan(200_000);
        assertThat(names(folder)).containsExactlyInAnyOrder("artifacts", "mlflow.db", "server.lock");

        Path elsewhere = home.resolve("elsewhere");
        ServerData other = of(elsewhere);
        assertThat(other.restore(file, false, progress::add).before()).isEmpty();
        assertThat(runs(elsewhere.resolve("mlflow.db"))).isEqualTo(runs);
        assertThat(contents(elsewhere.resolve("artifacts"))).isEqualTo(artifacts);

        Files.writeString(elsewhere.resolve("artifacts/later.txt"), "later");
        assertThatThrownBy(() -> other.restore(file, false, progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining("with --force they are put aside");
        assertThat(elsewhere.resolve("artifacts/later.txt")).exists();

        ServerData.Restored restored = other.restore(file, true, progress::add);
        assertThat(restored.before()).contains(elsewhere.resolve("before-restore-20260301-120000"));
        assertThat(restored.before().orElseThrow().resolve("artifacts/later.txt"))
                .exists();
        assertThat(runs(restored.before().orElseThrow().resolve("mlflow.db"))).isEqualTo(runs);
        assertThat(elsewhere.resolve("artifacts/later.txt")).doesNotExist();
        assertThat(restored.created()).isEqualTo(NOON.instant());
        assertThat(names(elsewhere))
                .containsExactlyInAnyOrder("artifacts", "before-restore-20260301-120000", "mlflow.db", "server.lock");
    }

    /** What it left beside the database belongs to that one: it would spoil the restored one, and the old one without it. */
    @Test
    void putsAWholeDatabaseAsideWhereAServerWasKilledWhileItWrote() throws Exception {
        OldData.unpack("2.22.5", folder);
        Path database = folder.resolve("mlflow.db");
        Map<String, Double> runs = runs(database);
        data.backup(file, progress::add);
        Path journal = folder.resolve("mlflow.db-journal");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA cache_size = 2");
            writer.setAutoCommit(false);
            statement.execute("DELETE FROM metrics");
            statement.execute("CREATE TABLE junk AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    + " WHERE i < 5000) SELECT hex(randomblob(100)) AS x FROM n");
            Files.copy(database, home.resolve("half.db"));
            Files.copy(journal, home.resolve("half.journal"));
            writer.rollback();
        }
        Files.move(home.resolve("half.db"), database, StandardCopyOption.REPLACE_EXISTING);
        Files.move(home.resolve("half.journal"), journal);

        ServerData.Restored restored = data.restore(file, true, progress::add);

        assertThat(runs(database)).isEqualTo(runs);
        Path before = restored.before().orElseThrow();
        assertThat(before.resolve("mlflow.db-journal"))
                .as("the file alone is the database")
                .doesNotExist();
        assertThat(runs(before.resolve("mlflow.db"))).isEqualTo(runs);
        assertThat(journal).doesNotExist();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no bash, and shows no command line")
    void endsTheUpgradeThatAKilledAblateBegan() throws Exception {
        OldData.unpack("3.6.0", folder);
        Path left = Files.createDirectories(folder.resolve("scratch-1"));
        Process upgrade = new ProcessBuilder(
                        "bash",
                        "-c",
                        "sleep 300; true",
                        "-m",
                        "mlflow",
                        "db",
                        "upgrade",
                        "sqlite:///" + left.resolve("mlflow.db"))
                .start();
        try {
            data.backup(file, progress::add);

            assertThat(upgrade.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(left).doesNotExist();
        } finally {
            upgrade.descendants().forEach(ProcessHandle::destroyForcibly);
            upgrade.destroyForcibly();
        }
    }

    /** As MLflow leaves it that is killed while it makes it, in place: an earlier Ablate had it do so. */
    @Test
    void takesADatabaseInWhichNothingIsForHalfMade() throws Exception {
        Files.createDirectories(folder);
        Path database = folder.resolve("mlflow.db");
        HalfMade.write(database);
        ServerFolder kept = new ServerFolder(folder);

        assertThatThrownBy(() -> data.backup(file, progress::add))
                .hasMessageStartingWith("there is nothing to back up");
        Path aside = kept.putHalfMadeAside(NOON).orElseThrow();

        assertThat(aside)
                .isEqualTo(folder.resolve("half-made-20260301-120000"))
                .isDirectoryContaining("glob:**/mlflow.db");
        assertThat(database).doesNotExist();
        Files.write(database, new byte[0]);
        Files.delete(aside.resolve("mlflow.db"));
        assertThat(kept.putHalfMadeAside(NOON)).as("not even begun").contains(aside);
        OldData.unpack("3.6.0", folder);
        assertThat(kept.putHalfMadeAside(NOON)).as("whole").isEmpty();
        assertThat(kept.holdsData()).isTrue();
    }

    @Test
    void takesAnEmptyFolderOfFilesForNoData() throws Exception {
        Files.createDirectories(folder.resolve("artifacts/1"));

        assertThat(new ServerFolder(folder).holdsData()).isFalse();
        Files.writeString(folder.resolve("artifacts/1/file"), "something");
        assertThat(new ServerFolder(folder).holdsData()).isTrue();
    }

    @Test
    void refusesADatabaseThatIsNotTheOneThatTheManifestDescribes() throws Exception {
        OldData.unpack("3.6.0", folder);
        data.backup(file, progress::add);
        rewrite(content(BackupManifest.NAME).replace("bf29a5ff90ea", "0584bdc529eb"), "", "");
        assertThatThrownBy(() -> data.restore(file, true, progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessage(
                        file
                                + " does not hold what it says: the database in it is of state 'bf29a5ff90ea', not '0584bdc529eb'");
    }

    @Test
    void goesOnWhereARestoreWasKilledBetweenTwoRenames() throws Exception {
        OldData.unpack("2.22.5", folder);
        Map<String, Double> runs = runs(folder.resolve("mlflow.db"));
        Files.createDirectories(folder.resolve("restored"));
        // its artifacts are in their place already, and the old database is aside
        Files.move(folder.resolve("mlflow.db"), folder.resolve("restored/mlflow.db"));

        data.backup(file, progress::add);

        assertThat(runs(folder.resolve("mlflow.db"))).isEqualTo(runs);
        assertThat(folder.resolve("restored")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text | is not a backup of ablate ui, or only a part of one",
                "cut | is not a backup of ablate ui, or only a part of one",
                "stranger | is not a backup of ablate ui: it has no ablate-backup.json",
                "nonsense | its ablate-backup.json makes no sense",
                "later | cannot be restored: it is of a later Ablate (format 2, this one reads 1)",
                "../../out.txt | was not written by ablate ui: it has a file '../../out.txt'",
                "artifacts/../../out.txt | it has a file 'artifacts/../../out.txt'",
                "/out.txt | it has a file '/out.txt'",
                "artifacts\\..\\out.txt | it has a file 'artifacts\\..\\out.txt'",
                "server.json | it has a file 'server.json'",
                "more | does not hold what it says",
                "damaged | is damaged: 'mlflow.db'",
                "no database | cannot be read: "
            })
    void refusesWhatIsNotABackupAndChangesNothing(String which) throws Exception {
        String what = which.substring(0, which.indexOf(" | "));
        OldData.unpack("3.6.0", folder);
        data.backup(file, progress::add);
        byte[] before = Files.readAllBytes(folder.resolve("mlflow.db"));
        spoil(what);

        assertThatThrownBy(() -> data.restore(file, true, progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageContaining(which.substring(which.indexOf(" | ") + 3))
                .hasMessageContaining(what.equals("no database") ? "mlflow.db" : file.toString());

        assertThat(folder.resolve("mlflow.db")).hasBinaryContent(before);
        assertThat(names(folder)).containsExactlyInAnyOrder("artifacts", "mlflow.db", "server.lock");
        assertThat(names(home)).containsExactlyInAnyOrder("a b#ü", "kept.zip");
    }

    /** So that a file that was packed very well cannot fill the disk by lying about its size. */
    @Test
    void unpacksNoMoreOfAFileThanItDeclares() throws Exception {
        OldData.unpack("3.6.0", folder);
        data.backup(file, progress::add);
        long declared = 1_000;
        long others = contents(folder.resolve("artifacts")).values().stream()
                .mapToLong(String::length)
                .sum();
        rewrite(new BackupManifest("3.6.0", "bf29a5ff90ea", NOON.instant(), 3, declared + others).text(), "", "");
        byte[] zip = Files.readAllBytes(file);
        // the first header of the directory at the end; the size stands 24 bytes into it
        int header = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(header + 24, (int) declared);
        Files.write(file, zip);

        assertThatThrownBy(() -> data.restore(file, true, progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessage(file + " is damaged: 'mlflow.db' is not what was put into it");
        assertThat(names(folder)).containsExactlyInAnyOrder("artifacts", "mlflow.db", "server.lock");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "it has a disk that is always full")
    void saysThatTheDiskIsFullOrThereIsNothingToBackUp() throws Exception {
        assertThatThrownBy(() -> data.backup(file, progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessageStartingWith("there is nothing to back up: no MLflow server has kept anything in ");
        OldData.unpack("3.6.0", folder);
        assertThatThrownBy(() -> data.backup(Path.of("/dev/full"), progress::add))
                .isInstanceOf(LocalServerException.class)
                .hasMessage("the backup cannot be written: No space left on device");
        assertThat(names(folder)).containsExactlyInAnyOrder("artifacts", "mlflow.db", "server.lock");
    }

    private static ServerData of(Path folder) {
        return new LocalServer(folder, MlflowExtension.shared(), NOON, System.getenv()).data();
    }

    private void spoil(String what) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        String manifest = content(BackupManifest.NAME);
        switch (what) {
            case "text" -> Files.writeString(file, "a text");
            case "cut" -> Files.write(file, Arrays.copyOf(whole, whole.length - 30));
            case "stranger" -> rewrite("", "", "");
            case "nonsense" -> rewrite("[]", "", "");
            case "later" -> rewrite(manifest.replace("\"format\":1", "\"format\":2"), "", "");
            case "more" -> rewrite(manifest, "artifacts/1/more.txt", "more");
            case "no database" -> {
                rewrite(
                        new BackupManifest("3.6.0", "bf29a5ff90ea", NOON.instant(), 1, 6).text(),
                        "mlflow.db",
                        "a text");
            }
            case "damaged" -> {
                // the first file's content begins behind its header
                whole[2_000] ^= 1;
                Files.write(file, whole);
            }
            default -> rewrite(manifest, what, "out");
        }
    }

    private String content(String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The same files, or one alone in the database's place, with another manifest and one file more. */
    private void rewrite(String manifest, String name, String content) throws IOException {
        Path next = home.resolve("next.zip");
        try (ZipFile from = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(next);
                ZipOutputStream to = new ZipOutputStream(out)) {
            if (!name.equals("mlflow.db")) {
                for (ZipEntry entry : Collections.list(from.entries())) {
                    if (!entry.getName().equals(BackupManifest.NAME)) {
                        to.putNextEntry(new ZipEntry(entry.getName()));
                        from.getInputStream(entry).transferTo(to);
                    }
                }
            }
            Map<String, String> more = new TreeMap<>();
            more.put(name, content);
            more.put(BackupManifest.NAME, manifest);
            for (Map.Entry<String, String> each : more.entrySet()) {
                if (!each.getKey().isEmpty() && !each.getValue().isEmpty()) {
                    to.putNextEntry(new ZipEntry(each.getKey()));
                    to.write(each.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void execute(String sql) throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mlflow.db"));
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Each run's name and param with the sum of its metric. */
    private static Map<String, Double> runs(Path database) throws Exception {
        Map<String, Double> runs = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT r.name || ' ' || p.value || ' ' || t.value,
                               (SELECT sum(m.value) FROM metrics m WHERE m.run_uuid = r.run_uuid AND NOT m.is_nan)
                        FROM runs r JOIN params p ON p.run_uuid = r.run_uuid
                        JOIN tags t ON t.run_uuid = r.run_uuid AND t.key = 'note'""")) {
            while (rows.next()) {
                runs.put(rows.getString(1), rows.getDouble(2));
            }
        }
        return runs;
    }

    private static Map<String, String> contents(Path root) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(each).toString(), Files.readString(each));
            }
        }
        return contents;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> Optional.ofNullable(each.getFileName())
                            .orElseThrow()
                            .toString())
                    .toList();
        }
    }
}
