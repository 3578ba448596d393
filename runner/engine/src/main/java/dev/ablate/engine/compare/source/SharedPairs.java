package dev.ablate.engine.compare.source;

import dev.ablate.engine.compare.Observation;
import dev.ablate.engine.compare.Question;
import dev.ablate.engine.plan.Pair;
import dev.ablate.engine.problem.RequestException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the runs that somebody named are pairs at all. */
public final class SharedPairs {

    /** More are only counted. */
    private static final int MOST = 4;

    private SharedPairs() {}

    /**
     * Makes sure that some pair is shared by the baseline and another variant; where there is no other variant, nothing is required.
     *
     * @throws RequestException if none is; the message says what each has
     */
    public static void require(Question question, List<Observation> runs) {
        BitSet baseline = new BitSet();
        runs.stream()
                .filter(run -> run.variant().equals(question.baseline()))
                .mapToInt(run -> question.place(run.pair()))
                .forEach(baseline::set);
        boolean shared = runs.stream()
                .filter(run -> !run.variant().equals(question.baseline()))
                .anyMatch(run -> baseline.get(question.place(run.pair())));
        if (shared || question.challengers().isEmpty()) {
            return;
        }
        Map<String, Set<Pair>> pairs = new LinkedHashMap<>();
        question.variants().forEach(variant -> pairs.put(variant, new LinkedHashSet<>()));
        runs.forEach(run -> pairs.computeIfAbsent(run.variant(), none -> new LinkedHashSet<>())
                .add(run.pair()));
        throw new RequestException("no " + question.pairNoun() + " has a run of the baseline '" + question.baseline()
                + "' and of another variant, so nothing is a pair; "
                + pairs.entrySet().stream()
                        .limit(MOST)
                        .map(entry -> entry.getKey() + " has " + some(entry.getValue()))
                        .collect(Collectors.joining("; ")));
    }

    private static String some(Set<Pair> pairs) {
        List<String> first = pairs.stream().limit(MOST).map(Pair::text).toList();
        if (first.size() < pairs.size()) {
            return String.join(", ", first) + " and " + (pairs.size() - first.size()) + " more";
        }
        int last = first.size() - 1;
        return last == 0 ? first.get(0) : String.join(", ", first.subList(0, last)) + " and " + first.get(last);
    }
}
