package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of YAML with its place; its text form is YAML in flow style on one line, {@code ${env:}} unexpanded. */
public sealed interface Node {

    /** Where it begins. */
    Position at();

    /** Whether a part of it comes from the environment. */
    boolean isFromEnvironment();

    /** What a scalar is by the YAML 1.2 core schema. */
    enum Kind {
        /** {@code null}, {@code ~} or nothing. */
        NULL,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** {@code 12}, {@code -3}: decimal digits alone, without a leading zero. */
        INTEGER,
        /** {@code 0.5}, {@code 1e-3}; also {@code .inf} and {@code .nan}, which readers of numbers refuse. */
        FLOAT,
        /** Quoted text, and plain text that is nothing else. */
        TEXT,
        /** Plain text that YAML 1.1 would read as something else: {@code no}, {@code on}, {@code 010}, {@code 12:30}; no reader takes it. */
        AMBIGUOUS
    }

    /**
     * One value.
     *
     * @param at where it begins
     * @param kind what it is
     * @param text the value's text, without quotes, with {@code ${env:}} expanded
     * @param written the text as it stands in the spec, with {@code ${env:}} unexpanded: what is logged
     */
    record Scalar(Position at, Kind kind, String text, String written) implements Node {

        @Override
        public boolean isFromEnvironment() {
            return !text.equals(written);
        }

        @Override
        public String toString() {
            return FlowText.of(this);
        }
    }

    /**
     * A list.
     *
     * @param at where it begins
     * @param items in order
     */
    record Sequence(Position at, List<Node> items) implements Node {
        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public boolean isFromEnvironment() {
            return items.stream().anyMatch(Node::isFromEnvironment);
        }

        @Override
        public String toString() {
            return FlowText.of(this);
        }
    }

    /**
     * A map.
     *
     * @param at where it begins
     * @param entries by key, in the order in which they are written; no key twice
     */
    record Mapping(Position at, Map<String, Entry> entries) implements Node {
        /** Copies the map. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public boolean isFromEnvironment() {
            return entries.values().stream().anyMatch(entry -> entry.value().isFromEnvironment());
        }

        @Override
        public String toString() {
            return FlowText.of(this);
        }
    }

    /**
     * One key of a map with its value.
     *
     * @param keyAt where the key begins
     * @param value the value
     */
    record Entry(Position keyAt, Node value) {}
}
