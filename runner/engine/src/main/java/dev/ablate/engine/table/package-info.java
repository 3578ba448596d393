/** Files of rows that a person gives to a command: what their cells mean, and all that is wrong with them with its place. */
@NullMarked
package dev.ablate.engine.table;

import org.jspecify.annotations.NullMarked;
