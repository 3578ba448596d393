/** How a plugin says what it brings: a Guice module with two verbs, {@code dataset} and {@code trainer}. */
@NullMarked
package dev.ablate.core.plugin;

import org.jspecify.annotations.NullMarked;
