package dev.ablate.launchers.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The line that starts a driver, and its variables. */
final class SubmitCommand {

    /** What a job's folder holds once its driver is started: the number of the process, which stays while one program follows another. */
    static final String PID = "pid";

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    /** Notes the process before anything else can happen, so that whoever started it need not live longer. */
    private static final String NOTED =
            "echo $$ > \"$1/pid.unfinished\" && mv \"$1/pid.unfinished\" \"$1/" + PID + "\"; shift; exec \"$@\"";

    /** Masters that are this machine, or on it. */
    private static final Pattern LOOPBACK = Pattern.compile(
            "local(\\[.*\\]|-cluster\\[.*\\])?|spark://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]+)?");

    private SubmitCommand() {}

    /** Whether a master is on this machine: what belongs to it need not listen on other addresses. */
    static boolean isLoopback(String master) {
        return LOOPBACK.matcher(master).matches();
    }

    /**
     * The words. In a session of its own where the system has {@code setsid}: Ctrl-C in the terminal and the end of a shell do not reach it.
     *
     * @param folder the job's folder
     * @param jar this launcher, without which the driver knows nothing
     */
    static List<String> words(SparkOptions options, Path home, Path folder, Path jar) {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            words.add(SETSID.toString());
        }
        words.addAll(List.of("/bin/sh", "-c", NOTED, "sh", folder.toString()));
        words.add(SparkHome.submit(home).toString());
        options.master().ifPresent(master -> words.addAll(List.of("--master", master)));
        words.addAll(List.of("--deploy-mode", "client", "--name", "ablate", "--class", SparkDriver.class.getName()));
        setting(words, "spark.task.cpus=" + options.cores());
        options.memory().ifPresent(memory -> setting(words, "spark.executor.memory=" + memory));
        options.conf().forEach(setting -> setting(words, setting));
        words.addAll(options.extra());
        words.addAll(List.of(jar.toString(), folder.toString()));
        return words;
    }

    private static void setting(List<String> words, String setting) {
        words.addAll(List.of("--conf", setting));
    }

    /** Adds what the driver needs to the variables of this process. */
    static void complete(Map<String, String> environment, Optional<String> master, Path home, Path folder) {
        environment.put("SPARK_HOME", home.toString());
        environment.putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        if (master.filter(name -> !name.startsWith("local")).isPresent()) {
            // a driver that trains nothing starts sooner so; what spark-defaults.conf or the options say of its Java
            // comes behind it
            environment.putIfAbsent("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1");
        }
        environment.putIfAbsent(
                "LOG4J_CONFIGURATION_FILE",
                folder.resolve("log4j2.properties").toUri().toString());
        if (master.filter(SubmitCommand::isLoopback).isPresent()) {
            environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        }
    }
}
