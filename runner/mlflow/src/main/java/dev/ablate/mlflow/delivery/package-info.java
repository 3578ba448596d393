/** The local record to MLflow: what is delivered, in which order, and how it is read back. */
@NullMarked
package dev.ablate.mlflow.delivery;

import org.jspecify.annotations.NullMarked;
