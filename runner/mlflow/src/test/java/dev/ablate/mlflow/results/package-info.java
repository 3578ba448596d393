@NullMarked
package dev.ablate.mlflow.results;

import org.jspecify.annotations.NullMarked;
