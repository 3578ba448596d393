package dev.ablate.core.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a trainer reads, as somebody writes them. */
class InputsTest {

    @TempDir
    private Path folder;

    private final List<String> problems = new ArrayList<>();

    private Optional<Inputs> inputs(Object... items) {
        return new InputsType().read(new PlainValue("inputs", List.of(items), Range.all(), problems::add));
    }

    private void file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, name);
    }

    @Test
    void areFilesFoldersAndPatterns() throws IOException {
        for (String name : List.of(
                "train.py",
                "lib/a.py",
                "lib/deep/b.py",
                "lib/__pycache__/a.pyc",
                "data/1.csv",
                "data/2.csv",
                "data/notes.txt")) {
            file(name);
        }
        Inputs found = inputs(folder + "/train.py", folder + "/lib/", folder + "/data/*.csv")
                .orElseThrow();
        assertEquals(
                Set.of("train.py", "lib/a.py", "lib/deep/b.py", "data/1.csv", "data/2.csv"),
                found.files().keySet());
        assertEquals(folder.resolve("data/1.csv"), found.files().get("data/1.csv"));
        assertEquals(Optional.of(folder.toAbsolutePath()), found.folder());
        // as another process reads what was written
        Object written = new InputsType().write(found);
        assertEquals(
                Optional.of(found),
                new InputsType().read(new PlainValue("inputs", written, Range.all(), problems::add)));
        assertEquals(List.of(), problems);
    }

    @Test
    void areRefusedWhereTheyAreMissing() {
        assertEquals(Optional.empty(), inputs(folder + "/train.py", folder + "/none/*.csv"));
        assertEquals(
                List.of(
                        "item 1 of inputs must name a file that is there, got '" + folder + "/train.py'",
                        "item 2 of inputs must name a file that is there, got '" + folder + "/none/*.csv'"),
                problems);
    }

    @Test
    void ofFreeNamesAreScalars() {
        PlainValue value = new PlainValue(
                "options", Map.of("lr", 0.1, "no-name", 1L, "list", List.of(1L)), Range.all(), problems::add);
        assertEquals(Optional.empty(), new FreeOptionsType().read(value));
        assertEquals(2, problems.size(), problems.toString());
    }
}
