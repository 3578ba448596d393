/** The commands, and the one place that ends the process. */
@NullMarked
package dev.ablate.cli;

import org.jspecify.annotations.NullMarked;
