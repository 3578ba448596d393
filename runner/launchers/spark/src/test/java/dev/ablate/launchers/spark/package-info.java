/** Tests of the launcher, by a real Spark. */
@NullMarked
package dev.ablate.launchers.spark;

import org.jspecify.annotations.NullMarked;
