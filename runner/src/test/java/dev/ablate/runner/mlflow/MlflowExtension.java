package dev.ablate.runner.mlflow;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.ablate.runner.mlflow.server.LocalServer;
import dev.ablate.runner.mlflow.server.LocalServerException;
import dev.ablate.runner.mlflow.server.OtherServer;
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

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(MlflowExtension.class);

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
        return context.getRoot()
                .getStore(HERE)
                .getOrComputeIfAbsent(Running.class, key -> Running.begin(), Running.class)
                .address();
    }

    /** A server that the whole of the tests ends when it ends. */
    private record Running(Runnable end, URI address) implements AutoCloseable {

        static Running begin() {
            // of this process alone, where several run tests
            Path folder = Path.of("target", "mlflow-" + System.getProperty("ablate.test.fork", "1"));
            LocalServer server = new LocalServer(folder, shared(), Clock.systemUTC(), System.getenv());
            try {
                // of a build that was killed
                server.stop();
                if (Files.exists(folder)) {
                    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
                }
                String python = System.getProperty("ablate.test.mlflow", "");
                if (!python.isEmpty()) {
                    OtherServer other = OtherServer.start(Path.of(python), folder);
                    System.err.println("[mlflow] " + other.version() + " at " + other.address());
                    return new Running(other::close, other.address());
                }
                return new Running(
                        () -> stop(server), server.start(line -> System.err.println("[mlflow] " + line)));
            } catch (Exception e) {
                throw new IllegalStateException(
                        "these tests need MLflow (without them: -DskipMlflow): " + e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            end.run();
        }

        private static void stop(LocalServer server) {
            try {
                server.stop();
            } catch (LocalServerException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
