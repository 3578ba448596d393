/** Runs that other programs logged to MLflow, read to be compared. */
@NullMarked
package dev.ablate.mlflow.results;

import org.jspecify.annotations.NullMarked;
