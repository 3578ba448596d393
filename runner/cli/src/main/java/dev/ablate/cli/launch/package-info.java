/** Runs that are left with launchers: what a person reads of them, and the commands that collect, end and train them. */
@NullMarked
package dev.ablate.cli.launch;

import org.jspecify.annotations.NullMarked;
