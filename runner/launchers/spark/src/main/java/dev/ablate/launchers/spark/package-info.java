/**
 * Spark as a launcher: a driver of its own, which {@code spark-submit} starts, has chunks of tasks trained by executors.
 *
 * <p>Three processes share the package. The program writes a {@link dev.ablate.launchers.spark.JobFile} and starts the driver; the
 * {@linkplain dev.ablate.launchers.spark.SparkDriver driver} sends files to executors and stores what comes back; an executor unpacks them
 * in a {@link dev.ablate.launchers.spark.Workplace} and calls what trains. The last two have Spark's classes and none of Ablate's but these.
 */
@NullMarked
package dev.ablate.launchers.spark;

import org.jspecify.annotations.NullMarked;
