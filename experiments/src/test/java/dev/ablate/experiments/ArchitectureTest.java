package dev.ablate.experiments;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of the packages, and who may know whom. */
class ArchitectureTest {

    /** The one direction of the data, through the packages of the runner's modules. */
    private static final List<String> ORDER = List.of(
            "worker.text",
            "worker.spec",
            "worker.prepare",
            "worker.exchange",
            "worker.metric",
            "worker.catalog",
            "worker.context",
            "worker.data",
            "worker.model",
            "worker.train",
            "worker.task",
            "engine.problem",
            "engine.yaml",
            "engine.experiment",
            "engine.catalog",
            "engine.plan",
            "engine.table",
            "engine.planning",
            "engine.caution",
            "engine.runs",
            "engine.transfer",
            "engine.provenance",
            "engine.tracking",
            "engine.model",
            "engine.train",
            "engine.launch",
            "engine.compare",
            "engine.report",
            "engine",
            "mlflow",
            "cli");

    private static final String[] RUNNER = {
        "dev.ablate.worker..", "dev.ablate.engine..", "dev.ablate.mlflow..", "dev.ablate.cli.."
    };

    /** A reader finds a way through so many; more want rooms of their own. */
    private static final int MOST_TYPES = 25;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.ablate");

    static Stream<String> packages() {
        return ORDER.stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageOfTheRunnerUsesOnlyWhatStandsToItsLeft(String name) {
        String[] right = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
                .map(ArchitectureTest::of)
                .toArray(String[]::new);
        if (right.length == 0) {
            assertThat(name).isEqualTo("cli");
            return;
        }
        noClasses()
                .that()
                .resideInAPackage(of(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(right)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void thereIsSomethingInEachPackage(String name) {
        assertThat(CLASSES.that(resideInAPackage(of(name)))).isNotEmpty();
    }

    @Test
    void theRunnerHasNoOtherPackages() {
        classes()
                .that()
                .resideInAnyPackage(RUNNER)
                .should()
                .resideInAnyPackage(ORDER.stream().map(ArchitectureTest::of).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void theRunnerKnowsNoPlugin() {
        noClasses()
                .that()
                .resideInAnyPackage(RUNNER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ablate.datasets..", "dev.ablate.trainers..", "dev.ablate.launchers..")
                .check(CLASSES);
    }

    @Test
    void aLauncherKnowsCoreAlone() {
        classes()
                .that()
                .resideInAPackage("dev.ablate.launchers..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "dev.ablate.core..",
                        "dev.ablate.launchers..",
                        "org.jspecify..",
                        "org.apache.spark.."))
                .check(CLASSES);
        // the driver's and the executors' part of it has the cluster's classes
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ablate.launchers.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..")
                .check(CLASSES);
        assertThat(CLASSES.that(resideInAPackage("dev.ablate.launchers.."))).isNotEmpty();
    }

    @Test
    void aPluginKnowsCoreAlone() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ablate.datasets..", "dev.ablate.trainers..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(RUNNER)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ablate.datasets..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ablate.trainers..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ablate.trainers..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ablate.datasets..")
                .check(CLASSES);
    }

    @Test
    void coreUsesTheJdkJspecifyAndInOnePlaceGuice() {
        classes()
                .that()
                .resideInAPackage("dev.ablate.core..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "dev.ablate.core..", "org.jspecify..", "com.google.inject.."))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.ablate.core..")
                .and()
                .haveNameNotMatching(".*\\.PluginModule(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(CLASSES);
    }

    @Test
    void theReaderOfFilesUsesCoreAlone() {
        classes()
                .that()
                .resideInAPackage("dev.ablate.reader..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "dev.ablate.core..", "dev.ablate.reader..", "org.jspecify.."))
                .check(CLASSES);
        assertThat(CLASSES.that(resideInAPackage("dev.ablate.reader.."))).isNotEmpty();
    }

    /** A node of a cluster needs no more to train a run. */
    @Test
    void theWorkerUsesCoreGuiceGsonAndALogAlone() {
        classes()
                .that()
                .resideInAPackage("dev.ablate.worker..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "dev.ablate.core..",
                        "dev.ablate.worker..",
                        "org.jspecify..",
                        "com.google.inject..",
                        "com.google.gson..",
                        "org.slf4j.."))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.yaml.snakeyaml..=engine.yaml",
                "org.sqlite..=engine.runs",
                "java.sql..=engine.runs",
                "org.mlflow..=mlflow.client",
                "java.net.http..=mlflow",
                "ai.onnx..=engine.model",
                "com.google.protobuf..=engine.model",
                "picocli..=cli",
                "me.tongfei..=cli"
            })
    void aLibraryIsKnownToOnePackage(String rule) {
        String library = rule.substring(0, rule.indexOf('='));
        String home = rule.substring(rule.indexOf('=') + 1);
        noClasses()
                .that()
                .resideInAPackage("dev.ablate..")
                .and()
                .resideOutsideOfPackage(of(home))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    /** Delivery uses all three; a command needs no more of the client than where it leads. */
    @ParameterizedTest
    @CsvSource({"client, image", "client, server", "image, client", "image, server", "server, client", "server, image"})
    void thePartsOfMlflowDoNotKnowEachOther(String one, String other) {
        noClasses()
                .that()
                .resideInAPackage(of("mlflow." + one))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(of("mlflow." + other))
                .check(CLASSES);
    }

    @Test
    void commandsAskNoTrackingServerThemselves() {
        noClasses()
                .that()
                .resideInAPackage(of("cli"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(of("mlflow.client"), of("mlflow.image")))
                .check(CLASSES);
    }

    @Test
    void noPackageHasMoreTypesThanAReaderKeepsInMind() {
        Map<String, Long> types = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(types).allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_TYPES));
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching("dev.ablate.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheCommandLineSpeaksToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage(of("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /** A program that uses the engine owns its process. */
    @Test
    void theEngineTakesNothingFromTheProcess() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ablate.worker..", "dev.ablate.engine..")
                .and()
                // what a launcher starts, and what it calls in a process of its own
                .doNotHaveFullyQualifiedName("dev.ablate.worker.task.TaskProgram")
                .and()
                .doNotHaveFullyQualifiedName("dev.ablate.worker.task.TasksInProcess")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .orShould()
                .callMethod(Runtime.class, "addShutdownHook", Thread.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("sun.misc.Signal")
                .check(CLASSES);
    }

    /** The front door stands above the rooms behind it, which are in packages of their own. */
    private static String of(String name) {
        return "dev.ablate." + name + (name.equals("engine") ? "" : "..");
    }
}
