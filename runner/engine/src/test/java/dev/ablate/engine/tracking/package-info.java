@NullMarked
package dev.ablate.engine.tracking;

import org.jspecify.annotations.NullMarked;
