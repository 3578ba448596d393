/** Where runs are delivered as the command line says, and what became of it in words. */
@NullMarked
package dev.ablate.cli.tracking;

import org.jspecify.annotations.NullMarked;
