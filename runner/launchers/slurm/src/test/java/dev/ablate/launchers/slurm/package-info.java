/** Tests of the launcher, and a Slurm of one node for tests of others. */
@NullMarked
package dev.ablate.launchers.slurm;

import org.jspecify.annotations.NullMarked;
