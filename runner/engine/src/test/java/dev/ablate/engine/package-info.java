@NullMarked
package dev.ablate.engine;

import org.jspecify.annotations.NullMarked;
