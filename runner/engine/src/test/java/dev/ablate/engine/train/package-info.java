@NullMarked
package dev.ablate.engine.train;

import org.jspecify.annotations.NullMarked;
