package dev.ablate.launchers.spark;

import java.io.Serializable;
import java.util.List;

/**
 * A task, as an executor gets it; places are relative to the exchange's folder.
 *
 * @param file its own file
 * @param content its bytes, a character each: a record holds no arrays
 * @param result where its result appears
 * @param others files and folders that it needs, too
 */
record SentTask(String file, String content, String result, List<Shipped> others) implements Serializable {}
