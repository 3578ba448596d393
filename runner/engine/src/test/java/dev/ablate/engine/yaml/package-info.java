/** Tests. */
@NullMarked
package dev.ablate.engine.yaml;

import org.jspecify.annotations.NullMarked;
