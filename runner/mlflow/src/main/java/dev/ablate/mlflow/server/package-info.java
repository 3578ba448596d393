/** The managed MLflow server: its Python environment, its processes, its start and its end. */
@NullMarked
package dev.ablate.mlflow.server;

import org.jspecify.annotations.NullMarked;
