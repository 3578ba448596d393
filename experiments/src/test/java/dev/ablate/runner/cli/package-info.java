/** Commands with the built-in plugins in place. */
@NullMarked
package dev.ablate.runner.cli;

import org.jspecify.annotations.NullMarked;
