package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short commands write no classes while they run, which would take a large part of their time. */
class StartTest {

    /** What Java makes the comparison, hash and text of a record by, if the record does not write them out. */
    private static final String RECORDS = "java.lang.runtime.ObjectMethods";

    /** What Guice writes classes by, if it can call a constructor that is public. */
    private static final String WRITER = "org.objectweb.asm.ClassWriter";

    @TempDir
    private Path folder;

    @Test
    void validateRunAndRunAgainWriteNoClass() throws IOException {
        for (String[] command :
                List.of(new String[] {"validate", "or-gate-bias"}, new String[] {"run", "or-gate-bias"}, new String[] {
                    "run", "or-gate-bias"
                })) {
            Path log = folder.resolve("classes.txt");
            Ablate ablate = new Ablate(folder).java("-Xlog:class+load:file=" + log);
            assertThat(ablate.run(command).code()).isZero();
            try (Stream<String> lines = Files.lines(log)) {
                assertThat(lines.map(line -> line.replaceFirst("^.*\\] ", "").replaceFirst(" .*", "")))
                        .as(String.join(" ", command))
                        .contains("com.google.inject.Guice", "dev.ablate.engine.plan.Plan")
                        .doesNotContain(RECORDS, WRITER);
            }
        }
    }
}
