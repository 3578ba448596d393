/** A trained model and the data behind it as other programs read them: an ONNX graph and a description. */
@NullMarked
package dev.ablate.engine.model;

import org.jspecify.annotations.NullMarked;
