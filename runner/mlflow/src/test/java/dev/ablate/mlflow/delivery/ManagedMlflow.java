package dev.ablate.mlflow.delivery;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * For tests that need a real MLflow server: it is installed and started by the program's own code.
 *
 * <p>A parameter of type {@link java.net.URI}, of a test or of its class, gets the address. One server serves many tests, in some
 * modules of several processes at a time; its data, new for each build, lie in {@code target/mlflow}. So a test chooses names that no
 * other test has. With {@code -DskipMlflow} these tests are skipped; without it, and where MLflow cannot be installed, they fail and
 * say why. The installation is the user's own ({@code ~/.ablate}), unless {@code -Dablate.test.shared=FOLDER} names another;
 * {@code -Dablate.test.mlflow=PYTHON} serves them with whatever MLflow that interpreter has.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MlflowExtension.class)
public @interface ManagedMlflow {}
