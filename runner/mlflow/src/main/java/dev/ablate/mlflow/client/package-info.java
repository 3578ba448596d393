/** A tracking server as its clients see it: experiments, runs and files, every call under a deadline. */
@NullMarked
package dev.ablate.mlflow.client;

import org.jspecify.annotations.NullMarked;
