/** What stands between the commands and a person: output, progress, signals, files. */
@NullMarked
package dev.ablate.cli.terminal;

import org.jspecify.annotations.NullMarked;
