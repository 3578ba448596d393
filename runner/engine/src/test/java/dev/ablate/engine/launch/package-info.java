@NullMarked
package dev.ablate.engine.launch;

import org.jspecify.annotations.NullMarked;
