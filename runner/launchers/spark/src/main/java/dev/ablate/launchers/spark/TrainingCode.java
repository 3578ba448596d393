package dev.ablate.launchers.spark;

import java.io.Serializable;
import java.util.List;

/**
 * What trains, as an executor gets it.
 *
 * @param application the application's id: there is one code for each
 * @param exchange the exchange's folder on the driver's machine
 * @param className the class that trains
 * @param method its method
 * @param classPath jars and folders of classes
 * @param plugins a folder for each plugin
 */
record TrainingCode(
        String application,
        String exchange,
        String className,
        String method,
        List<Shipped> classPath,
        List<Shipped> plugins)
        implements Serializable {}
