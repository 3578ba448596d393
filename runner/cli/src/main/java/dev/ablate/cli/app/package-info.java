/** What commands do, beyond reading arguments and printing. */
@NullMarked
package dev.ablate.cli.app;

import org.jspecify.annotations.NullMarked;
