package dev.ablate.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import dev.ablate.core.plugin.PluginModule;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles sources and packs them, as a plugin's author does. */
public final class JarMaker {

    private static final Pattern TYPE =
            Pattern.compile("package ([\\w.]+);.*?(?:class|record|interface|enum) (\\w+)", Pattern.DOTALL);

    /** What every plugin's source begins with. */
    public static final String IMPORTS = """
            import dev.ablate.core.data.*;
            import dev.ablate.core.launch.*;
            import dev.ablate.core.metric.*;
            import dev.ablate.core.option.*;
            import dev.ablate.core.plugin.*;
            import dev.ablate.core.training.*;
            import java.io.IOException;
            import java.io.InputStream;
            import java.io.OutputStream;
            import java.util.*;
            """;

    private final Path folder;
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private String services = "";
    private Optional<String> manifest = Optional.of("Manifest-Version: 1.0\nAblate-SPI: 2\n");

    /** Makes jars in a folder. */
    public JarMaker(Path folder) {
        this.folder = folder;
    }

    /** Adds a source; each top-level type is one. */
    public JarMaker with(String source) {
        Matcher found = TYPE.matcher(source);
        assertThat(found.find()).isTrue();
        sources.put(found.group(1).replace('.', '/') + "/" + found.group(2), source);
        return this;
    }

    /** Adds a module with the given body of {@code plug()}, and lists it. */
    public JarMaker module(String name, String plug) {
        services += name + "\n";
        int dot = name.lastIndexOf('.');
        return with("package " + name.substring(0, dot) + ";\n" + IMPORTS + "public final class "
                + name.substring(dot + 1) + " extends PluginModule {\n  @Override protected void plug() {\n" + plug
                + "\n  }\n}\n");
    }

    /** Lists a class as a module, whatever it is. */
    public JarMaker listing(String service) {
        services += service + "\n";
        return this;
    }

    /** Compiles against a jar, which the plugin has to bring. */
    public JarMaker against(Path library) {
        libraries.add(library);
        return this;
    }

    /** Packs these lines as the manifest, without those that say for what the jar was built; empty: packs no manifest. */
    public JarMaker manifest(String... lines) {
        manifest = lines.length == 0
                ? Optional.empty()
                : Optional.of("Manifest-Version: 1.0\n" + String.join("\n", lines) + "\n");
        return this;
    }

    /** Compiles and packs; equal sources give equal bytes. */
    public Path make(String name) {
        try {
            Path classes = Files.createTempDirectory(folder, "classes");
            compile(classes);
            Path jar = folder.resolve(name);
            Files.createDirectories(jar.getParent());
            try (OutputStream out = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                for (var entry : entries(classes).entrySet()) {
                    ZipEntry packed = new ZipEntry(entry.getKey());
                    packed.setTime(0);
                    zip.putNextEntry(packed);
                    zip.write(entry.getValue());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, byte[]> entries(Path classes) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        manifest.ifPresent(lines -> entries.put(JarFile.MANIFEST_NAME, lines.getBytes(StandardCharsets.UTF_8)));
        if (!services.isEmpty()) {
            entries.put("META-INF/services/" + PluginModule.class.getName(), services.getBytes(StandardCharsets.UTF_8));
        }
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return entries;
    }

    private void compile(Path classes) {
        List<Path> path = new ArrayList<>(libraries);
        for (Class<?> type : List.of(PluginModule.class, AbstractModule.class, Inject.class)) {
            Jar.of(type).location().ifPresent(path::add);
        }
        List<String> options = List.of(
                "-proc:none",
                "--release",
                "17",
                "-d",
                classes.toString(),
                "-cp",
                path.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator)));
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(new Source(name, source)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        @Nullable Iterable<String> none = null;
        boolean done = compiler.getTask(said, null, null, options, none, units).call();
        assertThat(done).as(said.toString()).isTrue();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
