package dev.ablate.mlflow.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The states of a database that an installed MLflow knows, each by its name.
 *
 * @param known all of them
 * @param newest the one that its server works with
 */
record Migrations(Set<String> known, String newest) {

    private static final String SCRIPTS = "site-packages/mlflow/store/db_migrations/versions";

    private static final Pattern LINE = Pattern.compile("(?m)^(down_)?revision *(?::[^=]*)?= *[\"'](\\w+)[\"']");

    Migrations {
        known = Set.copyOf(known);
    }

    /**
     * Reads them from MLflow's own migration scripts: to ask MLflow takes three seconds.
     *
     * @param environment the folder of a virtual environment
     */
    static Migrations of(Path environment) throws IOException {
        Set<String> known = new HashSet<>();
        Set<String> left = new HashSet<>();
        try (DirectoryStream<Path> scripts = Files.newDirectoryStream(folder(environment), "*.py")) {
            for (Path script : scripts) {
                Matcher line = LINE.matcher(Files.readString(script, StandardCharsets.UTF_8));
                while (line.find()) {
                    (line.group(1) == null ? known : left).add(line.group(2));
                }
            }
        }
        List<String> newest = new ArrayList<>(known);
        newest.removeAll(left);
        if (newest.size() != 1) {
            throw new IOException("MLflow's migrations in " + environment + " have " + newest.size() + " ends");
        }
        return new Migrations(known, newest.get(0));
    }

    private static Path folder(Path environment) throws IOException {
        Path windows = environment.resolve("Lib").resolve(SCRIPTS);
        if (Files.isDirectory(windows)) {
            return windows;
        }
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(environment.resolve("lib"), "python*")) {
            for (Path version : versions) {
                if (Files.isDirectory(version.resolve(SCRIPTS))) {
                    return version.resolve(SCRIPTS);
                }
            }
        }
        throw new IOException("MLflow in " + environment + " has no migrations");
    }
}
