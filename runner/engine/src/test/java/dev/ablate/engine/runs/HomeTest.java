package dev.ablate.engine.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.engine.fixture.Descent;
import dev.ablate.engine.fixture.SmallPlans;
import dev.ablate.engine.fixture.SteadyClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {

    @TempDir
    private Path root;

    private Home find(Map<String, String> environment, String working) {
        return Home.find(environment, root.resolve(working), root.resolve("user"));
    }

    @Test
    void isTheUsersOwnWhereNothingElseIsSaid() {
        Home home = find(Map.of("ABLATE_HOME", "  "), "project/deep");
        assertThat(home.folder()).isEqualTo(root.resolve("user/.ablate"));
        assertThat(home.shared()).isEqualTo(root.resolve("user/.ablate"));
    }

    @Test
    void isTheNearestFolderUpwards() throws Exception {
        Files.createDirectories(root.resolve(".ablate"));
        Files.createDirectories(root.resolve("project/.ablate"));
        Files.createDirectories(root.resolve("project/file/deep"));
        // a file of that name is not a home
        Files.createFile(root.resolve("project/file/.ablate"));
        assertThat(find(Map.of(), "project/file/deep").folder()).isEqualTo(root.resolve("project/.ablate"));
        assertThat(find(Map.of(), "project").folder()).isEqualTo(root.resolve("project/.ablate"));
        assertThat(find(Map.of(), "elsewhere").folder()).isEqualTo(root.resolve(".ablate"));
        assertThat(find(Map.of(), "elsewhere").shared()).isEqualTo(root.resolve("user/.ablate"));
    }

    @Test
    void isWhatTheEnvironmentNames() throws Exception {
        Files.createDirectories(root.resolve("project/.ablate"));
        String absolute = root.resolve("given").toString();
        assertThat(find(Map.of("ABLATE_HOME", absolute), "project").folder()).isEqualTo(root.resolve("given"));
        assertThat(find(Map.of("ABLATE_HOME", "../near"), "project").folder()).isEqualTo(root.resolve("near"));
    }

    @Test
    void createsNothingByNamingPlaces() {
        Home home = find(Map.of(), "project");
        assertThat(home.store()).isEqualTo(root.resolve("user/.ablate/runs.db"));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void isForItsOwnerAloneWhenMade() throws Exception {
        Home home = find(Map.of(), "project");
        try (RunStore store = RunStore.open(home.folder(), new SteadyClock())) {
            store.begin(SmallPlans.run("a", 1, Descent.of(1, true)), false).finish(true, 0, Map.of());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                .isEqualTo("rwx------");
        assertThat(home.store()).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"with blank", "100%25", "über", "a#b", "a;b=c", "a'b", "a&b", "a?b", "a?mode=memory", "100%"})
    void mayHaveAnyName(String name) throws Exception {
        Path folder = root.resolve(name);
        try (RunStore store = RunStore.open(folder, new SteadyClock())) {
            store.begin(SmallPlans.run("a", 1, Descent.of(1, true)), false).finish(true, 0, Map.of());
        }
        assertThat(folder.resolve("runs.db")).exists();
        try (var found = Files.list(root)) {
            assertThat(found).containsExactly(folder);
        }
    }
}
