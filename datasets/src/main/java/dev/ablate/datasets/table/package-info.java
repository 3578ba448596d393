/** A person's own table: how a file is laid out, what its columns hold, and what is learned from it. */
@NullMarked
package dev.ablate.datasets.table;

import org.jspecify.annotations.NullMarked;
