/** Text to spec: reading YAML, layering, and reporting every problem with its place; knows no plugin. */
@NullMarked
package dev.ablate.engine.experiment;

import org.jspecify.annotations.NullMarked;
