package dev.ablate.worker.catalog;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Dependency;
import com.google.inject.spi.Message;
import dev.ablate.worker.text.Thrown;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jar, or folder of classes, that a plugin module comes from; its text form is the file's name. */
final class Jar {

    private final Optional<Path> location;
    private @Nullable String contentHash;

    /** What lies there, if it is a file. */
    Jar(Optional<Path> location) {
        this.location = location;
    }

    static Jar of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return new Jar(Optional.empty());
        }
        try {
            return new Jar(Optional.of(Path.of(source.getLocation().toURI())));
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            // not a file: it has no hash, and what is run with it is refused
            return new Jar(Optional.empty());
        }
    }

    /** Where it lies; equal jars are one. */
    Optional<Path> location() {
        return location;
    }

    /**
     * SHA-256 of what it holds: the same sources, built again, give the same.
     *
     * @throws PluginException if it cannot be read
     */
    synchronized String contentHash() {
        if (contentHash == null) {
            Path file = location.orElseThrow(
                    () -> new PluginException(
                            "a plugin is not in a file, so that its runs cannot be distinguished from those of another version"));
            try {
                contentHash = Files.isDirectory(file) ? ContentHash.of(file) : hashOfJar(file);
            } catch (IOException e) {
                throw new PluginException(file + " cannot be read: " + e, e);
            }
        }
        return contentHash;
    }

    private static String hashOfJar(Path file) throws IOException {
        Optional<String> recorded = RecordedContent.of(file);
        return recorded.isPresent() ? recorded.get() : ContentHash.ofJar(file);
    }

    /** Why something in it cannot be used: what is missing, and where to put it, where that is the reason. */
    String reason(Throwable thrown) {
        List<Throwable> chain = Thrown.chain(thrown);
        for (Throwable one : chain) {
            Optional<String> missing = missingClass(one);
            if (missing.isPresent()) {
                return "class " + missing.get() + " is missing; put the jar that has it " + beside();
            }
            Optional<String> newer = Thrown.newerJava(one);
            if (newer.isPresent()) {
                return newer.get();
            }
        }
        Throwable cause = chain.stream()
                .filter(one -> !(one instanceof ProvisionException
                        || one instanceof ExceptionInInitializerError
                        || one instanceof InvocationTargetException))
                .findFirst()
                .orElse(thrown);
        if (cause instanceof CreationException creation) {
            return message(creation.getErrorMessages());
        }
        if (cause instanceof ConfigurationException configuration) {
            return message(configuration.getErrorMessages());
        }
        return Thrown.words(cause);
    }

    /** Two of them, by their names where these differ. */
    static String message(Jar one, Jar other) {
        boolean alike = !one.location.equals(other.location) && one.toString().equals(other.toString());
        return alike ? one.location.orElseThrow() + " and " + other.location.orElseThrow() : one + " and " + other;
    }

    /** What Guice found, with the author's lines. */
    static String message(Collection<Message> errors) {
        List<String> messages = new ArrayList<>();
        for (Message error : errors) {
            messages.add(Thrown.oneLine(error.getMessage()) + " (" + source(error) + ")");
        }
        return String.join("; ", messages);
    }

    private static String source(Message error) {
        List<Object> sources = error.getSources();
        Object last = sources.isEmpty() ? error.getSource() : sources.get(sources.size() - 1);
        if (last instanceof Dependency<?> dependency && dependency.getInjectionPoint() != null) {
            return "needed by " + dependency.getInjectionPoint().getDeclaringType();
        }
        return "at " + error.getSource();
    }

    private String beside() {
        return location.filter(Files::isRegularFile)
                .map(file -> "beside " + file)
                .orElse("on the class path");
    }

    private static Optional<String> missingClass(Throwable cause) {
        String message = Thrown.message(cause).orElse("");
        if (cause instanceof TypeNotPresentException type) {
            return Optional.of(type.typeName());
        }
        // some loaders add words to the name, and an initialiser that failed is reported with the same error
        boolean named = message.matches("[\\p{L}\\p{N}_$./]+");
        return named && (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException)
                ? Optional.of(message.replace('/', '.'))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return location.map(Path::getFileName).map(Path::toString).orElse("an unknown place");
    }
}
