/** Tests of models as other programs read them. */
@NullMarked
package dev.ablate.engine.onnx;

import org.jspecify.annotations.NullMarked;
