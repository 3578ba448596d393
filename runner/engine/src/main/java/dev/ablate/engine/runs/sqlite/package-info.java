/** SQLite: a connection with its statements, a file of another program, and the library itself. */
@NullMarked
package dev.ablate.engine.runs.sqlite;

import org.jspecify.annotations.NullMarked;
