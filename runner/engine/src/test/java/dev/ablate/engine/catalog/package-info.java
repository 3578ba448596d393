@NullMarked
package dev.ablate.engine.catalog;

import org.jspecify.annotations.NullMarked;
