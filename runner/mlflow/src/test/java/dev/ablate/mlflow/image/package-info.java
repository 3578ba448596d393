/** Tests of delivery against a real tracking server, and against broken ones. */
@NullMarked
package dev.ablate.mlflow.image;

import org.jspecify.annotations.NullMarked;
