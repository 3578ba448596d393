/** The local record to MLflow: delivery, and the managed server. */
@NullMarked
package dev.ablate.runner.mlflow;

import org.jspecify.annotations.NullMarked;
