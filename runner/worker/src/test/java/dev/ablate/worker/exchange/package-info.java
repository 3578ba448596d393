@NullMarked
package dev.ablate.worker.exchange;

import org.jspecify.annotations.NullMarked;
