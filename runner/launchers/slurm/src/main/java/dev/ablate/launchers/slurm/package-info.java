/** Slurm as a launcher: tasks go out as one array job, and its state, its end and its log are asked of Slurm's own commands. */
@NullMarked
package dev.ablate.launchers.slurm;

import org.jspecify.annotations.NullMarked;
