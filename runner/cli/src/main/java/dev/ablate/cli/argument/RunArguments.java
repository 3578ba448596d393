package dev.ablate.cli.argument;

import dev.ablate.engine.RunOptions;
import dev.ablate.engine.experiment.Overrides;
import dev.ablate.engine.plan.Plan;
import dev.ablate.engine.train.UnknownVariantException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a plan is executed. */
public final class RunArguments {

    private static final String AUTO = "auto";

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "so many runs at a time, or auto; no result depends on it")
    private @Nullable String jobs;

    @Option(
            names = "--launcher",
            paramLabel = "NAME",
            description = "who trains: local, or another (${ROOT-COMMAND-NAME} list launchers)")
    private @Nullable String launcher;

    @Option(
            names = "--wait",
            description =
                    "wait for what another launcher than local trains; without it, leave it there and exit with 6")
    private boolean waits;

    @Option(names = "--only", paramLabel = "VARIANT", description = "run this variant alone; may be repeated")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--force", description = "run again what has finished")
    private boolean force;

    @Option(names = "--retry-failed", description = "run again what has failed")
    private boolean retryFailed;

    @Option(names = "--fail-fast", description = "begin no more runs after one has failed")
    private boolean failFast;

    @Option(
            names = {"-n", "--dry-run"},
            description = "show what would run, and run nothing")
    private boolean dryRun;

    public boolean dryRun() {
        return dryRun;
    }

    /** Whether a plan's runs are left with its launcher. */
    public boolean leaves(Plan plan) {
        return plan.launching().isPresent() && !waits;
    }

    /** What the command line says on top of a spec, with what this says of it. */
    public Overrides over(Overrides layers) {
        return launcher == null ? layers : layers.launcher(launcher);
    }

    /**
     * How the plan is to be executed.
     *
     * @throws UsageException if an option does not fit the plan
     */
    public RunOptions options(Plan plan) {
        RunOptions options = jobs().only(only)
                .force(force)
                .retryFailed(retryFailed)
                .failFast(failFast)
                .detached(leaves(plan));
        try {
            options.check(plan);
        } catch (UnknownVariantException e) {
            throw new UsageException("--only: " + e.getMessage());
        }
        return options;
    }

    private RunOptions jobs() {
        if (jobs == null) {
            return RunOptions.defaults();
        }
        if (jobs.equals(AUTO)) {
            return RunOptions.defaults().jobs(Runtime.getRuntime().availableProcessors());
        }
        if (!jobs.matches("[1-9][0-9]{0,3}")) {
            throw new UsageException("--jobs must be a whole number from 1 to 9999, or auto, got '" + jobs + "'");
        }
        return RunOptions.defaults().jobs(Integer.parseInt(jobs));
    }
}
