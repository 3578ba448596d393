package dev.ablate.runner.mlflow;

import dev.ablate.runner.runs.RunStore;
import java.util.Optional;

/**
 * What all deliveries from one store to one destination share.
 *
 * @param store what is delivered
 * @param destination where to
 * @param server the destination's runs
 * @param artifacts the files of these runs
 * @param commit the git commit that runs are now trained at; empty where runs are delivered that were trained some other time
 * @param movement is told of each answer, and of each new entry of the ledger
 */
record Channel(
        RunStore store,
        Destination destination,
        MlflowServer server,
        Artifacts artifacts,
        Optional<String> commit,
        Movement movement) {}
