package dev.ablate.launchers.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Brings what runs print to the driver at once, so that it is there whatever becomes of a run or its executor: a plugin of Spark.
 *
 * <p>Lines that nothing depends on go together: of short runs there are many, and each message costs what some of them cost.
 */
public final class PrintedLines implements SparkPlugin {

    private static final String SETTING = "spark.plugins";

    /** What an executor has not sent yet. */
    private static final List<String> WAITING = new ArrayList<>();

    /** Held while lines are on their way, so that they arrive in their order. */
    private static final Object WAY = new Object();

    private static volatile Consumer<String> driver = line -> {};
    private static volatile @Nullable PluginContext executor;

    /** Spark makes one in each process. */
    public PrintedLines() {}

    /** Has lines arrive at the driver of this process, beside the user's own plugins. */
    static void arriveAt(Consumer<String> printer, SparkConf conf) {
        driver = printer;
        String others = conf.get(SETTING, "");
        conf.set(
                SETTING, others.isEmpty() ? PrintedLines.class.getName() : others + "," + PrintedLines.class.getName());
    }

    /** Sends a line from an executor; it returns when the driver has it. */
    static void send(String line) {
        later(line);
        flush();
    }

    /** Sends a line with the next one, or with {@link #flush}. */
    static void later(String line) {
        synchronized (WAITING) {
            WAITING.add(line);
        }
    }

    /** Sends lines that wait; it returns when the driver has them. To be called now and then while there may be some. */
    static void flush() {
        PluginContext context = executor;
        if (context == null) {
            return;
        }
        synchronized (WAY) {
            String lines = taken();
            if (lines.isEmpty()) {
                return;
            }
            try {
                // an answer is waited for: what is only sent is lost with an executor that ends at once
                context.ask(lines);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                // the driver, or the way to it, is lost, and what runs here with it
            }
        }
    }

    private static String taken() {
        synchronized (WAITING) {
            String lines = String.join("\n", WAITING);
            WAITING.clear();
            return lines;
        }
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Map<String, String> init(SparkContext spark, PluginContext context) {
                return Map.of();
            }

            @Override
            public Object receive(Object message) {
                driver.accept(String.valueOf(message));
                return "";
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> settings) {
                executor = context;
            }
        };
    }
}
