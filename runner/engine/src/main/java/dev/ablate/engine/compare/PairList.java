package dev.ablate.engine.compare;

import dev.ablate.engine.plan.Pair;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;

/** Distinct pairs in order, of which each is found without a look at all of them: there may be millions, and each is asked for often. */
public final class PairList extends AbstractList<Pair> implements RandomAccess {

    private final Numbering<Pair> numbers;
    private final List<Pair> pairs;

    /** @param numbers of pairs to which no other is added any more */
    public PairList(Numbering<Pair> numbers) {
        this.numbers = numbers;
        this.pairs = numbers.all();
    }

    /** For pairs that are not known yet. */
    public static Numbering<Pair> numbering() {
        return new Numbering<>(Pair::hashCode, Pair::equals);
    }

    /** Of each that is there several times the first. */
    public static PairList copyOf(Collection<Pair> pairs) {
        if (pairs instanceof PairList list) {
            return list;
        }
        Numbering<Pair> numbers = numbering();
        pairs.forEach(numbers::add);
        return new PairList(numbers);
    }

    @Override
    public Pair get(int index) {
        return pairs.get(index);
    }

    @Override
    public int size() {
        return pairs.size();
    }

    @Override
    public int indexOf(Object pair) {
        return pair instanceof Pair found ? numbers.of(found) : -1;
    }

    @Override
    public boolean contains(Object pair) {
        return indexOf(pair) >= 0;
    }
}
