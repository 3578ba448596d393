package dev.ablate.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents tell a newcomer to type, typed. */
class DocumentsTest {

    private static final Path ROOT = Ablate.SPECS.resolve("..").normalize();

    @TempDir
    private Path folder;

    @Test
    void onesOwnDataOfTheReadme() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Ablate ablate = new Ablate(folder);
        ablate.write("exam.csv", block(readme, "exam.csv", "csv"));
        ablate.write("exam.yaml", block(readme, "exam.yaml", "yaml"));
        Ablate.Result result = ablate.run("run", "exam.yaml");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("no-bias: train/accuracy is 0.167 lower than bias (0.833 against 1)");
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
        ShippedPlugins.jar(classes, ablate.home().resolve("plugins/mean/mean.jar"));

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

    /** The first fenced block of a language after a file's name. */
    private static String block(String page, String file, String language) {
        Matcher matcher = Pattern.compile(
                        "`" + Pattern.quote(file) + "`.*?\n```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page);
        assertThat(matcher.find()).as(file).isTrue();
        return matcher.group(1);
    }
}
