package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ablate.cli.Shell;
import dev.ablate.mlflow.delivery.ManagedMlflow;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents ask a newcomer to type, typed. */
@Order(2)
class DocumentsTest {

    private static final Path ROOT = Ablate.SPECS.resolve("..").normalize();

    private static final String SCRIPTS = "docs/scripts.md";
    private static final String PROGRAMS = "docs/programs.md";

    /** Its script logs to a server. */
    private static final String FOREIGN_RESULTS = "docs/foreign-results.md";

    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w*)\n(.*?)^```$", Pattern.DOTALL);

    /** A file's name in a line of its own, and a block with what is in it. */
    private static final Pattern FILE =
            Pattern.compile("(?m)^`([\\w-]+\\.(?:csv|yaml|py))`:\n\n```\\w*\n(.*?)^```$", Pattern.DOTALL);

    /** A line behind a prompt, and what follows up to the next. */
    private static final Pattern TYPED = Pattern.compile("\\$ (.*)\n((?:(?!\\$ ).*\n)*)");

    /** What a person types, and how it ends if not well. */
    private static final Pattern COMMAND = Pattern.compile("\\./ablate ([^#]*?)(?: +# exit code (\\d+))?");

    /** How a person gets a table of a shipped experiment. */
    private static final Pattern COPY = Pattern.compile("cp experiments/([\\w-]+\\.csv) \\.");

    private static final Pattern CODE = Pattern.compile("`(?:\\./)?ablate ([a-z]+)([^`]*)`");

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

    private static final Pattern SCRIPT = Pattern.compile("python3 ([\\w-]+\\.py)");

    @TempDir
    private Path folder;

    static List<String> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of("README.md", "CONTRIBUTING.md"),
                            files.map(ROOT::relativize)
                                    .map(file -> file.toString().replace('\\', '/'))
                                    .filter(file -> file.endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    /** Blocks of {@code console}: what is typed behind {@code $}, and what is printed then; {@code ...} stands for anything. */
    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageShowsIsWhatIsPrinted(String name) throws IOException {
        if (!Set.of(SCRIPTS, PROGRAMS, FOREIGN_RESULTS).contains(name)) {
            type(name, new Ablate(folder));
        }
    }

    /** With the Python of the program's own MLflow, which has what scripts need. */
    @ManagedMlflow
    @ParameterizedTest
    @ValueSource(strings = {SCRIPTS, PROGRAMS})
    void whatAPageOfScriptsShowsIsWhatIsPrinted(String name, URI server) throws IOException {
        assertThat(server).isNotNull();
        Path python = Path.of(PythonScriptsTest.python()).resolve("..").normalize();
        type(name, new Ablate(folder).with("PATH", python + File.pathSeparator + System.getenv("PATH")));
    }

    private void type(String name, Ablate program) throws IOException {
        String page = Files.readString(ROOT.resolve(name));
        Terminal shared = shared(ShippedDocuments.shell(folder).startedAs("./ablate"));
        Ablate own = program.java("-Dablate.program=./ablate");
        Set<String> files = new HashSet<>();
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            own.write(file.group(1), file.group(2));
            files.add(file.group(1));
        }
        Terminal terminal = words -> {
            boolean alone = Stream.of(words)
                    .anyMatch(word -> files.contains(word) || ShippedDocuments.OF_LIBRARIES.contains(word));
            if (!alone) {
                return shared.run(words);
            }
            Ablate.Result result = own.run(words);
            return new Printed(result.code(), result.out() + result.err());
        };
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            if (block.group(1).equals("console")) {
                Matcher typed = TYPED.matcher(block.group(2));
                while (typed.find()) {
                    Matcher copy = COPY.matcher(typed.group(1));
                    if (copy.matches()) {
                        Files.copy(Ablate.SPECS.resolve(copy.group(1)), folder.resolve(copy.group(1)));
                        continue;
                    }
                    // with a server of its own: typed by MlflowPageTest
                    if (!typed.group(1).endsWith(" --ui")) {
                        check(terminal, typed.group(1), typed.group(2));
                    }
                }
            } else {
                assertThat(block.group(2).lines().filter(line -> line.matches("(\\./)?ablate .*")))
                        .as("not in a block of console, so that nobody checks what it prints")
                        .isEmpty();
            }
        }
    }

    @Test
    @ManagedMlflow
    void whatThePageOfOtherProgramsShowsIsWhatIsPrinted(URI server) throws Exception {
        String page = Files.readString(ROOT.resolve(FOREIGN_RESULTS));
        Ablate own =
                new Ablate(folder).java("-Dablate.program=./ablate").with("MLFLOW_TRACKING_URI", server.toString());
        Matcher file = FILE.matcher(page);
        while (file.find()) {
            own.write(file.group(1), file.group(2));
        }
        Terminal terminal = words -> {
            Ablate.Result result = own.run(words);
            return new Printed(result.code(), result.out() + result.err());
        };
        int checked = 0;
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            Matcher typed = TYPED.matcher(block.group(1).equals("console") ? block.group(2) : "");
            while (typed.find()) {
                Matcher script = SCRIPT.matcher(typed.group(1));
                if (script.matches()) {
                    log(script.group(1), server);
                } else if (!typed.group(1).startsWith("export ")) {
                    check(terminal, typed.group(1), typed.group(2));
                    checked++;
                }
            }
        }
        assertThat(checked).isEqualTo(5);
    }

    /** Runs a script that logs, with the Python of the server. */
    private void log(String script, URI server) throws IOException, InterruptedException {
        Path out = folder.resolve("script.txt");
        ProcessBuilder builder = new ProcessBuilder(PythonScriptsTest.python(), script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("MLFLOW_TRACKING_URI", server.toString());
        builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    }

    private static void check(Terminal terminal, String line, String shown) {
        Matcher command = COMMAND.matcher(line);
        assertThat(command.matches()).as(line).isTrue();
        String[] words = command.group(1).split(" ", -1);
        Printed printed = terminal.run(words);
        int code = command.group(2) == null ? 0 : Integer.parseInt(command.group(2));
        assertThat(printed.code()).as("%s%n%s", line, printed.text()).isEqualTo(code);
        assertThat(printed.text().strip() + "\n").as(line).matches(pattern(shown));
    }

    /** What a page shows of what a command prints: {@code ...} stands for anything. */
    private static Pattern pattern(String shown) {
        return Pattern.compile(
                Stream.of(shown.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    /** A command that the README shows, and what it shows of what is printed. */
    record Shown(List<String> words, Pattern printed) {

        /** The first command that ends with a word. */
        static Shown inReadme(String last) throws IOException {
            Matcher typed = TYPED.matcher(Files.readString(ROOT.resolve("README.md")));
            while (typed.find()) {
                if (typed.group(1).endsWith(" " + last)) {
                    String[] words =
                            typed.group(1).replaceFirst("^\\./ablate ", "").split(" ", -1);
                    return new Shown(
                            List.of(fromAnywhere(words)), pattern(typed.group(2).replaceFirst("(?s)```.*", "")));
                }
            }
            throw new AssertionError("README.md shows no command that ends with " + last);
        }
    }

    /** Where a page's commands are typed. */
    private interface Terminal {
        Printed run(String... words);
    }

    private record Printed(int code, String text) {}

    /** In this process, with the runs that all pages share; a command that names a file of the page's own needs a process, and a folder. */
    private static Terminal shared(Shell shell) {
        return words -> {
            String[] typed = fromAnywhere(words);
            String named =
                    typed.length < 2 ? "" : typed[1].replaceFirst(".*/", "").replaceFirst("[.]yaml$", "");
            if (ShippedDocuments.names().contains(named)) {
                assertThat(ShippedDocuments.of(named)).as("trained").isNotNull();
            }
            Shell.Result result = shell.run(typed);
            return new Printed(result.code(), result.out() + result.err());
        };
    }

    /** Pages are typed where the checkout is. */
    private static String[] fromAnywhere(String... words) {
        return Stream.of(words)
                .map(word ->
                        word.startsWith("experiments/") ? ROOT.resolve(word).toString() : word)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsAndOptionsInAPagesTextAreThere(String name) throws IOException {
        String text = BLOCK.matcher(Files.readString(ROOT.resolve(name))).replaceAll("");
        Matcher code = CODE.matcher(text);
        Shell shell = new Shell(folder, folder.resolve("home"));
        while (code.find()) {
            String second = code.group(2).strip().replaceFirst(" .*", "");
            Shell.Result inner = shell.run("help", code.group(1), second);
            Shell.Result help = inner.code() == 0 ? inner : shell.run("help", code.group(1));
            assertThat(help.code()).as(code.group()).isZero();
            assertThat(Stream.of(code.group(2).split("[\\s=]+", -1)).filter(word -> word.matches("--?[a-z][a-z-]*")))
                    .as(code.group())
                    .allSatisfy(
                            option -> assertThat(help.out()).containsPattern("(?<![a-z-])" + option + "(?![a-z-])"));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksOfAPageLeadSomewhere(String name) throws IOException {
        Path page = ROOT.resolve(name);
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            assertThat(page.resolveSibling(link.group(1)).normalize()).exists();
        }
    }

    @Test
    void theFirstPlugin() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/first-plugin.md"));
        Ablate ablate = new Ablate(folder);
        Path source = ablate.write("MeanPlugin.java", block(page, "MeanPlugin.java", "java"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(compiled).isZero();
        String service = "META-INF/services/dev.ablate.core.plugin.PluginModule";
        Path services = classes.resolve(service);
        Files.createDirectories(services.getParent());
        Files.writeString(services, block(page, service, ""));
        pack(page, ablate);

        Ablate.Result list = ablate.run("list", "trainers");
        assertThat(list.out()).as(list.err()).contains("mean", "Always answers the mean of the targets");
        ablate.write("better-than-the-mean.yaml", block(page, "better-than-the-mean.yaml", "yaml"));
        Ablate.Result result = ablate.run("run", "better-than-the-mean.yaml", "-f", "json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.json()
                        .getAsJsonArray("effects")
                        .get(0)
                        .getAsJsonObject()
                        .get("verdict")
                        .getAsString())
                .isEqualTo("better");
    }

    /** Makes the jar as the page does it. */
    private void pack(String page, Ablate ablate) throws IOException {
        Matcher manifest = Pattern.compile("\necho '(.*)' > manifest.txt\n").matcher(page);
        Matcher jar = Pattern.compile("\njar (--create .*)\n").matcher(page);
        assertThat(manifest.find() && jar.find()).isTrue();
        ablate.write("manifest.txt", manifest.group(1) + "\n");
        Files.createDirectories(ablate.home().resolve("plugins/mean"));
        List<String> arguments = new ArrayList<>();
        for (String word : jar.group(1).split(" ", -1)) {
            boolean file = word.contains("/") || word.equals("manifest.txt") || word.equals("classes");
            if (word.startsWith(".ablate/")) {
                arguments.add(ablate.home()
                        .resolve(word.substring(".ablate/".length()))
                        .toString());
            } else {
                arguments.add(file ? folder.resolve(word).toString() : word);
            }
        }
        // it lies beside the classes here
        arguments.remove("META-INF");
        int packed = java.util.spi.ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));
        assertThat(packed).isZero();
    }

    /** The first fenced block of a language after a file's name. */
    private static String block(String page, String file, String language) {
        Matcher matcher = Pattern.compile(
                        "`" + Pattern.quote(file) + "`.*?\n```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(matcher.find()).as(file).isTrue();
        return matcher.group(1);
    }
}
