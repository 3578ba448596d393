@NullMarked
package dev.ablate.runner.runs;

import org.jspecify.annotations.NullMarked;
