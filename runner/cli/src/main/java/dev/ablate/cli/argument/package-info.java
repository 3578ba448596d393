/** What the command line says, checked. */
@NullMarked
package dev.ablate.cli.argument;

import org.jspecify.annotations.NullMarked;
