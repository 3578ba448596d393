@NullMarked
package dev.ablate.engine.transfer;

import org.jspecify.annotations.NullMarked;
