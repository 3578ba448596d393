/** The commands. */
@NullMarked
package dev.ablate.cli.command;

import org.jspecify.annotations.NullMarked;
