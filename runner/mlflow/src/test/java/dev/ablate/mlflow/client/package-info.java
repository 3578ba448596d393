/** Tests of delivery against a real tracking server, and against broken ones. */
@NullMarked
package dev.ablate.mlflow.client;

import org.jspecify.annotations.NullMarked;
