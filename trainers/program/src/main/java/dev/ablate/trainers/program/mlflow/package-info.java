/** The part of MLflow's REST interface that clients log by, answered for one run. */
@NullMarked
package dev.ablate.trainers.program.mlflow;

import org.jspecify.annotations.NullMarked;
