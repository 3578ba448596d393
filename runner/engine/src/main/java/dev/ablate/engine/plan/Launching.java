package dev.ablate.engine.plan;

import dev.ablate.worker.catalog.BoundLauncher;
import java.nio.file.Path;

/**
 * Where runs are trained that are not trained by threads of this process.
 *
 * @param launcher takes their tasks there
 * @param folder where tasks and results are exchanged, absolute; it need not exist
 */
public record Launching(BoundLauncher launcher, Path folder) {}
