package dev.ablate.mlflow.delivery;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.mlflow.server.LocalServer;
import dev.ablate.mlflow.server.LocalServerException;
import dev.ablate.mlflow.server.OtherServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the server of {@link ManagedMlflow} when the first test needs it, and ends it after the last. */
public final class MlflowExtension implements ExecutionCondition, ParameterResolver {

    /** Where the virtual environment lies. */
    public static Path shared() {
        return Path.of(System.getProperty(
                "ablate.test.shared",
                Path.of(System.getProperty("user.home"), ".ablate").toString()));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String skip = System.getProperty("skipMlflow", "false");
        return skip.isEmpty() || Boolean.parseBoolean(skip)
                ? ConditionEvaluationResult.disabled("-DskipMlflow was given")
                : ConditionEvaluationResult.enabled("-DskipMlflow was not given");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == URI.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Running.ADDRESS;
    }

    /** One for all tests of a module, since a server takes ten seconds to start. */
    private static final class Running {

        private static final Path FOLDER = Path.of("target", "mlflow");

        static final URI ADDRESS = begin();

        private static URI begin() {
            try {
                Files.createDirectories(FOLDER.getParent());
                String python = System.getProperty("ablate.test.mlflow", "");
                return python.isEmpty() ? managed() : other(Path.of(python));
            } catch (Exception e) {
                throw new IllegalStateException(
                        "these tests need MLflow (without them: -DskipMlflow): " + e.getMessage(), e);
            }
        }

        private static URI managed() throws Exception {
            LocalServer server = new LocalServer(FOLDER, shared(), Clock.systemUTC(), System.getenv());
            // what is there is of a build that was killed
            server.stop(line -> {});
            delete(FOLDER);
            atTheEnd(() -> end(server));
            return server.start(line -> System.err.println("[mlflow] " + line));
        }

        private static void end(LocalServer server) {
            try {
                server.stop(line -> {});
            } catch (LocalServerException e) {
                System.err.println("[mlflow] " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** A server of another version, for this process alone. */
        private static URI other(Path python) throws Exception {
            Path folder = FOLDER.resolveSibling(
                    "mlflow-other-" + ProcessHandle.current().pid());
            delete(folder);
            OtherServer other = OtherServer.start(python, folder);
            atTheEnd(other::close);
            System.err.println("[mlflow] " + other.version() + " at " + other.address());
            return other.address();
        }

        private static void delete(Path folder) throws IOException {
            if (Files.exists(folder)) {
                MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        }

        private static void atTheEnd(Runnable end) {
            Runtime.getRuntime().addShutdownHook(new Thread(end, "end of MLflow"));
        }
    }
}
