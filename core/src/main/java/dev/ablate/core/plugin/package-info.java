/** How a plugin says what it brings: a Guice module with a verb for each kind. */
@NullMarked
package dev.ablate.core.plugin;

import org.jspecify.annotations.NullMarked;
