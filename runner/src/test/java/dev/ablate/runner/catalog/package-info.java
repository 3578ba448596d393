@NullMarked
package dev.ablate.runner.catalog;

import org.jspecify.annotations.NullMarked;
