/** Tests. */
@NullMarked
package dev.ablate.cli.app;

import org.jspecify.annotations.NullMarked;
