@NullMarked
package dev.ablate.worker.catalog;

import org.jspecify.annotations.NullMarked;
