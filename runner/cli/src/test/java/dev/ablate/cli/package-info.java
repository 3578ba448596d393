/** Commands with the built-in plugins in place. */
@NullMarked
package dev.ablate.cli;

import org.jspecify.annotations.NullMarked;
