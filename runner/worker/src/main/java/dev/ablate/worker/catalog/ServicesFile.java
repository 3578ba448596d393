package dev.ablate.worker.catalog;

import dev.ablate.core.plugin.PluginModule;
import dev.ablate.worker.text.Thrown;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file in which a jar, or a folder of classes, lists its plugin modules.
 *
 * @param jar what it is in
 * @param modules the names of classes, each once
 */
record ServicesFile(Jar jar, List<String> modules) {

    /** Where it is. */
    static final String PATH = "META-INF/services/" + PluginModule.class.getName();

    /** Some hundred names; a compressed file may unpack to a thousand times its size. */
    static final int MOST_BYTES = 64 * 1024;

    /**
     * Reads one.
     *
     * @throws PluginException if it cannot be read, is too large, or is in a jar of another SPI
     */
    static ServicesFile read(URL file) {
        Jar jar = new Jar(place(file));
        byte[] bytes;
        try {
            URLConnection connection = file.openConnection();
            // what is cached of a jar would outlive it
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                bytes = in.readNBytes(MOST_BYTES + 1);
                // a folder of classes has no manifest
                if (bytes.length <= MOST_BYTES && connection instanceof JarURLConnection packed) {
                    SpiNumber.require(jar, packed.getManifest());
                }
            }
        } catch (IOException e) {
            throw new PluginException("the plugins of " + jar + " cannot be read: " + Thrown.words(e), e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new PluginException("the plugins of " + jar + " cannot be read: " + PATH + " has more than "
                    + MOST_BYTES / 1024 + " KiB, and should hold a class's name a line");
        }
        Set<String> modules = new LinkedHashSet<>();
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(line ->
                        line.replaceFirst("^\uFEFF", "").replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .forEach(modules::add);
        return new ServicesFile(jar, List.copyOf(modules));
    }

    /** The jar or folder that it is in; empty if that is not a file. */
    private static Optional<Path> place(URL file) {
        String url = file.toString();
        String whole = url.substring(0, url.length() - PATH.length());
        try {
            return Optional.of(Path.of(new URI(whole.replaceFirst("^jar:", "").replaceFirst("!/$", ""))));
        } catch (URISyntaxException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
