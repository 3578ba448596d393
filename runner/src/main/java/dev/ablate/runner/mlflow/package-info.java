/** The local record to MLflow: what is delivered, in which order, and how it is read back. */
@NullMarked
package dev.ablate.runner.mlflow;

import org.jspecify.annotations.NullMarked;
