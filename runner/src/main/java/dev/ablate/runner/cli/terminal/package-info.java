/** What stands between the commands and a person: output, progress, signals, files. */
@NullMarked
package dev.ablate.runner.cli.terminal;

import org.jspecify.annotations.NullMarked;
