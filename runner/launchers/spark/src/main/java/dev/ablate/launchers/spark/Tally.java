package dev.ablate.launchers.spark;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Which executors there are, and what runs on them. */
final class Tally extends SparkListener {

    /** Their processors by their names. */
    private final Map<String, Integer> executors = new ConcurrentHashMap<>();

    /** Tasks of Spark, a chunk each. */
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    private volatile long last = System.nanoTime();

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        executors.put(added.executorId(), added.executorInfo().totalCores());
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        executors.remove(removed.executorId());
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        running.add(start.taskInfo().taskId());
    }

    /** Also of one that was cancelled, once it has ended. */
    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
        last = System.nanoTime();
    }

    int executors() {
        return executors.size();
    }

    /** How many processors the largest has; 0 if there is none. */
    int cores() {
        return executors.values().stream().mapToInt(cores -> cores).max().orElse(0);
    }

    int running() {
        return running.size();
    }

    /** How long nothing has run. */
    long idleNanos() {
        return running.isEmpty() ? System.nanoTime() - last : 0;
    }
}
