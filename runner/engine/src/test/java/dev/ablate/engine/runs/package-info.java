@NullMarked
package dev.ablate.engine.runs;

import org.jspecify.annotations.NullMarked;
