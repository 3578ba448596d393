package dev.ablate.mlflow.delivery;

import dev.ablate.mlflow.delivery.FaultyServer.Answer;
import dev.ablate.mlflow.delivery.FaultyServer.Break;
import dev.ablate.mlflow.delivery.FaultyServer.Cut;
import dev.ablate.mlflow.delivery.FaultyServer.Delay;
import dev.ablate.mlflow.delivery.FaultyServer.Fate;
import dev.ablate.mlflow.delivery.FaultyServer.Hang;
import dev.ablate.mlflow.delivery.FaultyServer.Lose;
import dev.ablate.mlflow.delivery.FaultyServer.LoseAnswer;
import dev.ablate.mlflow.delivery.FaultyServer.Mood;
import dev.ablate.mlflow.delivery.FaultyServer.Pass;
import dev.ablate.mlflow.delivery.FaultyServer.Refuse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Does something to some requests: which ones follows from a seed. */
final class FaultSchedule implements Mood {

    private static final String PAGE = "<!doctype html><html><title>Back soon</title></html>";

    /** What can happen between a client and a server; the words stand in the table of the documentation. */
    enum Fault {
        REFUSED("nobody listens for 0.1 s"),
        BROKEN_BEFORE("connection broken before the request arrived"),
        BROKEN_AFTER("connection broken after the request arrived"),
        CUT("answer cut in the middle"),
        DELAYED("answer 0.3 s late"),
        HUNG("no answer at all"),
        TOO_MANY("429"),
        SERVER_ERROR("500 after the request was fulfilled"),
        GATEWAY_ERROR("502 with a web page"),
        WEB_PAGE("200 with a web page"),
        SWALLOWED("200 with MLflow's words, and nothing done"),
        REDIRECT("a redirect to elsewhere");

        final String words;

        Fault(String words) {
            this.words = words;
        }

        Fate fate() {
            return switch (this) {
                case REFUSED -> new Refuse(Duration.ofMillis(100));
                case BROKEN_BEFORE -> new Break();
                case BROKEN_AFTER -> new Lose();
                case CUT -> new Cut();
                case DELAYED -> new Delay(Duration.ofMillis(300));
                case HUNG -> new Hang();
                case TOO_MANY -> new Answer(429, "application/json", "{\"message\":\"slow down\"}");
                case SERVER_ERROR -> new LoseAnswer(500, "text/plain", "oh");
                case GATEWAY_ERROR -> new Answer(502, "text/html", PAGE);
                case WEB_PAGE -> new Answer(200, "text/html", PAGE);
                case SWALLOWED -> new Answer(200, "application/json", "{}");
                case REDIRECT -> new Answer(302, "text/html", "");
            };
        }
    }

    private final List<Fault> faults;
    private final SplittableRandom random;
    private final int rate;
    private int left;
    private int first;
    private int done;

    /**
     * @param faults those that occur
     * @param most how many, at most
     */
    FaultSchedule(List<Fault> faults, int most, long seed) {
        this(faults, most, 25, 8, seed);
    }

    private FaultSchedule(List<Fault> faults, int most, int latest, int rate, long seed) {
        this.faults = faults;
        this.random = new SplittableRandom(seed);
        this.left = most;
        this.rate = rate;
        this.first = random.nextInt(latest);
    }

    /** From the first request on, and without end: one in {@code rate} requests, on average. */
    static FaultSchedule lasting(List<Fault> faults, int rate, long seed) {
        return new FaultSchedule(faults, Integer.MAX_VALUE, 1, rate, seed);
    }

    @Override
    public synchronized Fate fate(String method, String path, String body) {
        first--;
        boolean due = first < 0 && left > 0 && (done == 0 || random.nextInt(rate) == 0);
        if (!due) {
            return new Pass();
        }
        Fault fault = faults.get(random.nextInt(faults.size()));
        if (fault == Fault.SWALLOWED && method.equals("GET")) {
            return new Pass();
        }
        left--;
        done++;
        return fault.fate();
    }

    /** How many faults there were so far. */
    synchronized int done() {
        return done;
    }
}
