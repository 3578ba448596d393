/** What the store knows, drawn as runs in MLflow: names, params, tags, files. */
@NullMarked
package dev.ablate.mlflow.image;

import org.jspecify.annotations.NullMarked;
