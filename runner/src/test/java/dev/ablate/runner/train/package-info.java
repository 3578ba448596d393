@NullMarked
package dev.ablate.runner.train;

import org.jspecify.annotations.NullMarked;
