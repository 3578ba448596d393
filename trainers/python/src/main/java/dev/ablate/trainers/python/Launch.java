package dev.ablate.trainers.python;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an interpreter is started with; runs of equal ones share it.
 *
 * @param python its program
 * @param script empty for an estimator
 * @param estimator empty for a script
 * @param content a hash of what the script, and what it reads, hold
 * @param fresh whether it is not shared
 * @param threads how many its libraries may use
 */
record Launch(
        String python, Optional<Path> script, Optional<String> estimator, String content, boolean fresh, int threads) {

    /** How long an interpreter waits for another run. */
    private static final int IDLE_SECONDS = 60;

    /** Which libraries ask for the number of their threads by which names. */
    private static final List<String> THREADS = List.of(
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "BLIS_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
            "NUMEXPR_NUM_THREADS",
            "LOKY_MAX_CPU_COUNT");

    static Launch of(PythonOptions options, int threads) {
        Optional<Path> script =
                options.script().map(file -> file.toAbsolutePath().normalize());
        return new Launch(
                options.python().command(), script, options.estimator(), content(options), options.fresh(), threads);
    }

    private static String content(PythonOptions options) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (options.script().isPresent()) {
                digest.update(Files.readAllBytes(options.script().get()));
            }
            for (Path file : options.inputs().files().values()) {
                String about = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
                digest.update(about.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What the interpreter is asked when it starts. */
    JsonObject asked(Path folder) {
        JsonObject asked = new JsonObject();
        asked.addProperty("folder", folder.toString());
        asked.addProperty("fresh", fresh);
        asked.addProperty("idle", IDLE_SECONDS);
        script.ifPresent(file -> asked.addProperty("script", file.toString()));
        estimator.ifPresent(name -> asked.addProperty("estimator", name));
        return asked;
    }

    /** A process that is about to start, in the script's folder. */
    ProcessBuilder process(Path folder, String what) {
        ProcessBuilder builder = new ProcessBuilder(
                python,
                folder.resolve("ablate.py").toString(),
                what,
                asked(folder).toString());
        builder.directory(script.map(file -> file.resolve("..").normalize())
                .orElse(folder)
                .toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PYTHONUNBUFFERED", "1");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONHASHSEED", "0");
        environment.put("PYTHONIOENCODING", "utf-8");
        THREADS.forEach(name -> environment.put(name, Integer.toString(threads)));
        builder.redirectError(
                ProcessBuilder.Redirect.appendTo(folder.resolve("import.txt").toFile()));
        return builder;
    }
}
