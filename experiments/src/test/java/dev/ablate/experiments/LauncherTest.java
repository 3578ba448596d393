package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code ./ablate} in a checkout of nothing, with scripts in the place of java and mvn that note how they are called. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there it is ablate.cmd")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LauncherTest {

    private static final String MAIN = "dev.ablate.cli.Main";

    private static final String JAVA = """
            #!/bin/bash
            case "$*" in
              *-XshowSettings*) echo "    java.version = $SHIM_VERSION"; echo "    java.home = $SHIM_HOME" ;;
              *-XX:ArchiveClassesAtExit=*) echo archive >> "$CALLS"; echo noise; exit 1 ;;
              *) echo "java of $0"; echo "in $LC_ALL"; printf '[%s]\\n' "$@"; echo "$BOTH_OUTPUTS" >&2; exit "${JAVA_CODE:-0}" ;;
            esac
            """;

    private static final String MVN = """
            #!/bin/bash
            echo "mvn $* in $PWD with $JAVA_HOME" >> "$CALLS"
            cat # the person's input is none of its business
            if [ -n "$MVN_FAILS" ]; then printf '[\\033[1;34mINFO\\033[m] noise\\n\\033[1;31mERROR\\033[m first\\nsecond\\n'; exit 1; fi
            echo noise; echo noise >&2
            sleep 0.3
            mkdir -p experiments/target/app/lib
            touch experiments/target/app/lib/b.jar experiments/target/app/lib/a.jar experiments/target/app/built
            """;

    @TempDir
    private Path temporary;

    private Path checkout;
    private Path jdk;
    private Path elsewhere;
    private final Map<String, String> environment = new HashMap<>();

    /** What a command did. */
    private record Result(int code, String out, String err) {}

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectory(temporary.resolve("check out"));
        Files.copy(Ablate.SPECS.resolveSibling("ablate"), checkout.resolve("ablate"));
        executable(checkout.resolve("ablate"));
        write(checkout.resolve("pom.xml"), "");
        write(checkout.resolve("core/src/main/java/A.java"), "");
        write(checkout.resolve("core/src/test/java/ATest.java"), "");
        write(checkout.resolve("experiments/or-gate.yaml"), "");
        jdk = jdk("j d k", "17.0.15");
        elsewhere = Files.createDirectory(temporary.resolve("else where"));
        Path mvn = write(temporary.resolve("tools/mvn"), MVN);
        executable(mvn);
        environment.put("JAVA_HOME", jdk.toString());
        environment.put("LC_CTYPE", "C.UTF-8");
        environment.put("PATH", mvn.getParent() + ":/usr/bin:/bin");
        environment.put("CALLS", write(temporary.resolve("calls"), "").toString());
    }

    @Test
    void buildsOnceThenStartsTheProgramWithWhatItWasGiven() throws Exception {
        environment.put("BOTH_OUTPUTS", "from java");
        environment.put("JAVA_CODE", "4");

        Result result = ablate("run", "a b", "", "*", "$HOME", "--set", "x='y'");

        assertThat(result.out()).startsWith("java of " + jdk + "/bin/java\n");
        assertThat(result.out()).endsWith("[" + MAIN + "]\n[run]\n[a b]\n[]\n[*]\n[$HOME]\n[--set]\n[x='y']\n");
        assertThat(result.out())
                .contains("[-Dablate.experiments=" + checkout + "/experiments]")
                .contains("[" + checkout + "/experiments/target/app/lib/a.jar:" + checkout
                        + "/experiments/target/app/lib/b.jar]")
                .contains("[-Dablate.terminals=]")
                .doesNotContain("noise");
        assertThat(result.err()).isEqualTo("""
                        ablate: building (the first time it downloads its libraries, which takes some minutes)
                        from java
                        """);
        assertThat(result.code()).isEqualTo(4);
        assertThat(builds())
                .containsExactly("mvn -B -ntp -Dstyle.color=never -DskipTests package in " + checkout + " with " + jdk);

        assertThat(ablate("list").err()).isEqualTo("from java\n");
        assertThat(builds()).hasSize(1);
        assertThat(calls()).as("a failed archive is not tried again").containsOnlyOnce("archive");
        assertThat(checkout.resolve("experiments/target/building")).doesNotExist();
    }

    @Test
    void worksThroughLinksFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("absolute"), checkout.resolve("ablate"));
        Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("absolute"));

        assertThat(run(List.of(link.toString(), "x")).out()).endsWith("[x]\n");
        assertThat(run(List.of("./relative", "y")).out())
                .contains(checkout + "/experiments]")
                .endsWith("[y]\n");
        assertThat(run(List.of("bash", "relative", "z")).out()).endsWith("[z]\n");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void givesTheProgramTheNameThatItWasCalledBy() throws Exception {
        Files.createSymbolicLink(elsewhere.resolve("ablate"), checkout.resolve("ablate"));
        assertThat(run(List.of("./ablate")).out()).contains("[-Dablate.program=./ablate]");
        assertThat(run(List.of("../check out/ablate")).out()).contains("[-Dablate.program=../check out/ablate]");
        assertThat(run(List.of("bash", "ablate")).out()).contains("[-Dablate.program=./ablate]");
        environment.merge("PATH", elsewhere.toString(), (path, first) -> first + ":" + path);
        assertThat(run(List.of("bash", "-c", "ablate x")).out()).contains("[-Dablate.program=ablate]");
    }

    @Test
    void leavesThePersonsCollectorAlone() throws Exception {
        assertThat(ablate().out()).contains("[-XX:+UseSerialGC]");
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx1g -XX:+UseG1GC");
        assertThat(ablate().out()).doesNotContain("SerialGC");
        environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseStringDeduplication");
        environment.put("JDK_JAVA_OPTIONS", "-XX:+UseParallelGC -Xmx1g");
        assertThat(ablate().out()).doesNotContain("SerialGC");
    }

    @Test
    void hasTheSecondCompilerWhereItPaysForItself() throws Exception {
        assertThat(ablate("--help").out()).contains("[-XX:TieredStopAtLevel=1]");
        assertThat(ablate().out()).contains("[-XX:TieredStopAtLevel=1]");
        for (String command : List.of("run", "validate", "plan", "report", "compare", "predict")) {
            assertThat(ablate(command, "spec.yaml").out()).doesNotContain("TieredStopAtLevel");
        }
    }

    @Test
    void doesWithoutWhereOthersTrain() throws Exception {
        String first = "[-XX:TieredStopAtLevel=1]";
        assertThat(ablate("run", "--launcher", "spark", "spec.yaml").out()).contains(first);
        assertThat(ablate("run", "spec.yaml", "--launcher=slurm").out()).contains(first);
        for (List<String> words : List.of(
                List.of("run", "spec.yaml", "--launcher", "local"),
                List.of("run", "spec.yaml", "--launcher=local"),
                List.of("run", "spec.yaml", "--set", "run.launcher.chunk=5"),
                List.of("report", "spec.yaml", "--launcher", "spark"))) {
            assertThat(ablate(words.toArray(String[]::new)).out()).doesNotContain("TieredStopAtLevel");
        }
    }

    @Test
    void worksInAFolderWhereNoArchiveCanBeWritten() throws Exception {
        ablate("x");
        // as a folder that cannot be written to, for those who may write everywhere
        executable(write(temporary.resolve("tools/mktemp"), "#!/bin/bash\nexit 1\n"));
        onlyNewer();
        Files.delete(checkout.resolve("experiments/target/app/classes-17.0.15.jsa"));

        Result result = ablate("x");

        assertThat(result.out()).endsWith("[x]\n").doesNotContain("SharedArchiveFile");
        assertThat(result.err()).isEqualTo("\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void givesJavaALocaleThatReadsEveryName() throws Exception {
        environment.put("LC_ALL", "C");
        assertThat(ablate().out()).contains("in C.UTF-8\n", "[-Dablate.terminals=other-charset]");
        environment.remove("LC_ALL");
        environment.put("LC_CTYPE", "POSIX");
        assertThat(ablate().out()).contains("in C.UTF-8\n");
        environment.put("LC_CTYPE", "C.UTF-8");
        assertThat(ablate().out()).contains("in \n", "[-Dablate.terminals=]");
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        ablate();
        onlyNewer("core/src/test/java/ATest.java", "core/src/test/java", "experiments/or-gate.yaml", "core", "ablate");
        ablate();
        assertThat(builds())
                .as("tests and specs are not sources of the program")
                .hasSize(1);

        onlyNewer("core/src/main/java/A.java");
        assertThat(ablate().err()).isEqualTo("ablate: building, as its sources have changed\n\n");
        assertThat(builds()).hasSize(2);

        Files.delete(checkout.resolve("core/src/main/java/A.java"));
        onlyNewer("core/src/main/java");
        ablate();
        assertThat(builds()).as("a file is gone").hasSize(3);

        onlyNewer("pom.xml");
        ablate();
        assertThat(builds()).hasSize(4);
    }

    @Test
    void showsAFailedBuildInFullAndRunsNothing() throws Exception {
        environment.put("MVN_FAILS", "yes");

        Result result = ablate("run");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("""
                        ablate: building (the first time it downloads its libraries, which takes some minutes)
                        ERROR first
                        second
                        ablate: the build failed; what Maven said stands above
                        """);
        assertThat(checkout.resolve("experiments/target/building")).doesNotExist();

        environment.remove("MVN_FAILS");
        assertThat(ablate("run").code()).isZero();
    }

    @Test
    void buildsOnceForTwoAtATime() throws Exception {
        Process one = begin(List.of(checkout.resolve("ablate").toString(), "one"));
        Process other = begin(List.of(checkout.resolve("ablate").toString(), "other"));

        assertThat(new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("[one]\n");
        assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("[other]\n");
        assertThat(one.waitFor() + other.waitFor()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void takesTheLockOfABuildThatWasKilled() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        write(checkout.resolve("experiments/target/building/owner"), dead.pid() + "\n");

        assertThat(ablate("x").out()).endsWith("[x]\n");
    }

    @Test
    void saysWhichJavaIsNeeded() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "11.0.2").toString());
        assertThat(ablate()).isEqualTo(refusal(temporary + "/old/bin/java is Java 11.0.2, which is too old."));

        environment.put("JAVA_HOME", jdk("older", "1.8.0_392").toString());
        assertThat(ablate()).isEqualTo(refusal(temporary + "/older/bin/java is Java 1.8.0_392, which is too old."));

        environment.put("JAVA_HOME", elsewhere.toString());
        assertThat(ablate()).isEqualTo(refusal("JAVA_HOME is " + elsewhere + ", where there is no bin/java."));

        Path jre = jdk("jre", "21");
        Files.delete(jre.resolve("bin/javac"));
        environment.put("JAVA_HOME", jre.toString());
        assertThat(ablate()).isEqualTo(refusal(jre + " has no compiler: it is a JRE."));
        assertThat(builds()).isEmpty();
    }

    @Test
    void findsJavaOnThePathBehindLinksAndStandIns() throws Exception {
        environment.remove("JAVA_HOME");
        Path bin = Files.createDirectory(temporary.resolve("links"));
        Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
        environment.merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        assertThat(ablate().out()).startsWith("java of " + jdk + "/bin/java\n");

        Files.delete(bin.resolve("java"));
        executable(write(bin.resolve("java"), JAVA));
        environment.put("SHIM_VERSION", "25.0.1");
        environment.put("SHIM_HOME", jdk("home of the shim", "25.0.1").toString());
        onlyNewer("pom.xml");
        assertThat(ablate().out()).startsWith("java of " + bin + "/java\n");
        assertThat(builds().get(1)).endsWith("with " + temporary + "/home of the shim");

        environment.put("SHIM_VERSION", "16.0.1");
        assertThat(ablate()).isEqualTo(refusal(bin + "/java is Java 16.0.1, which is too old."));
    }

    @Test
    void saysThatMavenIsNeeded() throws Exception {
        Path tools = Files.createDirectory(temporary.resolve("few tools"));
        for (String tool :
                List.of("bash", "env", "find", "head", "mkdir", "rm", "cat", "sed", "readlink", "sleep", "mv")) {
            Path found = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            executable(write(tools.resolve(tool), "#!/bin/bash\nexec " + found + " \"$@\"\n"));
        }
        environment.put("PATH", tools.toString());

        Result result = ablate();

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("ablate: Maven is needed to build it (apt install maven, ");
    }

    private static Result refusal(String why) {
        return new Result(
                2,
                "",
                "ablate: " + why + " Ablate needs a JDK, 17 or newer (apt install openjdk-17-jdk, brew install openjdk,"
                        + " or https://adoptium.net)\n");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = temporary.resolve(name);
        executable(write(home.resolve("bin/java"), JAVA));
        executable(write(home.resolve("bin/javac"), ""));
        write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"y\"\n");
        return home;
    }

    private Result ablate(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("ablate").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Result run(List<String> command) throws Exception {
        Process process = begin(command);
        return new Result(
                process.waitFor(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                Files.readString(temporary.resolve("err-" + process.pid())));
    }

    private Process begin(List<String> command) throws IOException {
        Path err = Files.createTempFile(temporary, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(elsewhere.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        Files.createLink(temporary.resolve("err-" + process.pid()), err);
        return process;
    }

    private String calls() throws IOException {
        return Files.readString(temporary.resolve("calls"));
    }

    private List<String> builds() throws IOException {
        return calls().lines().filter(line -> line.startsWith("mvn ")).toList();
    }

    /** Makes these newer than the last build, and all else older. */
    private void onlyNewer(String... files) throws IOException {
        Instant now = Instant.now();
        List<Path> all;
        try (Stream<Path> walk = Files.walk(checkout)) {
            all = walk.toList();
        }
        for (Path file : all) {
            Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(120)));
        }
        Files.setLastModifiedTime(
                checkout.resolve("experiments/target/app/built"), FileTime.from(now.minusSeconds(60)));
        for (String file : files) {
            Files.setLastModifiedTime(checkout.resolve(file), FileTime.from(now));
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
