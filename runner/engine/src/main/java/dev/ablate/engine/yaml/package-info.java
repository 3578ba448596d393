/** Text to nodes that keep their place. */
@NullMarked
package dev.ablate.engine.yaml;

import org.jspecify.annotations.NullMarked;
