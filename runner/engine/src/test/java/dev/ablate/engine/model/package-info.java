/** Tests of models as other programs read them. */
@NullMarked
package dev.ablate.engine.model;

import org.jspecify.annotations.NullMarked;
