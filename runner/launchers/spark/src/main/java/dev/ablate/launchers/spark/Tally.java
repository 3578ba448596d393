package dev.ablate.launchers.spark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Which executors there are, and what runs on them. */
final class Tally extends SparkListener {

    private final Set<String> executors = ConcurrentHashMap.newKeySet();

    /** Tasks of Spark, a chunk each. */
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    private volatile long last = System.nanoTime();

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded added) {
        executors.add(added.executorId());
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

    int running() {
        return running.size();
    }

    /** How long nothing has run. */
    long idleNanos() {
        return running.isEmpty() ? System.nanoTime() - last : 0;
    }
}
