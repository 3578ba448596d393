package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts of Python as trainers, from the command line. */
class ProgramsTest {

    private static final String SPEC = """
            version: 1
            name: scripts
            dataset: { plugin: none }
            trainer:
              plugin: program
              command: [python3, train.py, "{x}", "{seed}"]
              options: { x: 1 }
              inputs: [train.py, lib/]
              outputs: ["*.txt"]
              metrics: { accuracy: maximize }
            seeds: { count: 6 }
            variants: { more: { trainer.options.x: 2 }, less: {} }
            compare: { baseline: less }
            """;

    private static final String SCRIPT = """
            import sys
            sys.path.insert(0, "lib")
            from helper import score
            open("model.txt", "w").write("model of " + sys.argv[2])
            for step in range(1, 4):
                print("step", f"step={step} accuracy={score(float(sys.argv[1]), int(sys.argv[2])) * step}")
            """;

    @TempDir
    private Path folder;

    private Ablate ablate = new Ablate(Path.of(""));

    @BeforeEach
    void open() throws Exception {
        ablate = new Ablate(folder);
        Files.createDirectories(folder.resolve("lib"));
        ablate.write("lib/helper.py", "def score(x, seed):\n    return x + seed / 100\n");
        ablate.write("train.py", SCRIPT);
        ablate.write("scripts.yaml", SPEC);
    }

    private Ablate.Result run(String... more) {
        return ablate.run(Stream.concat(Stream.of("run", "scripts.yaml", "--offline"), Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void areComparedByWhatTheyReport() {
        Ablate.Result result = run();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("more: accuracy is 3 higher than less (6.10 against 3.10) over 6 seeds")
                .contains("trainer.options.x  2     1");
    }

    @Test
    void runAgainWhereAnInputHasChanged() {
        assertThat(run().out()).contains("12 run, 0 reused");
        assertThat(run().out()).contains("0 run, 12 reused");
        ablate.write("lib/helper.py", "def score(x, seed):\n    return x + seed / 50\n");
        assertThat(run().out()).contains("12 run, 0 reused");
    }

    @Test
    void areRefusedWhereAnInputIsMissing() {
        ablate.write("scripts.yaml", SPEC.replace("lib/", "lob/"));
        Ablate.Result result = run();
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "scripts.yaml:8:22: error: item 2 of trainer.inputs must name a file that is there, got 'lob/'");
    }

    @Test
    void areSweptByTheirOptions() {
        ablate.write(
                "scripts.yaml",
                SPEC.replace("more: { trainer.options.x: 2 }, ", "")
                        + "sweep: { params: { trainer.options.x: [1, 3] } }\n");
        Ablate.Result result = run();
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("accuracy is 3.10 to 9.11 in 2 cells");
    }

    @Test
    void failWithWhatTheyPrinted() {
        ablate.write("train.py", "print('accuracy=1')\nraise ValueError('no such layer')\n");
        Ablate.Result result = run();
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains("exit code 1; its last lines: accuracy=1 |", "no such layer");
    }

    @Test
    void failWhereTheyTakeTooLong() {
        ablate.write("train.py", "import time\nprint('accuracy=1', flush=True)\ntime.sleep(100)\n");
        Ablate.Result result = run("--set", "run.timeout=1s", "--only", "less", "--seeds", "1");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("run less/seed=1 timed out after 1s");
    }
}
