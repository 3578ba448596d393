package dev.ablate.engine.yaml;

import dev.ablate.engine.problem.Position;
import dev.ablate.engine.problem.Problem;
import dev.ablate.engine.problem.Problems;
import dev.ablate.engine.problem.SpecException;
import dev.ablate.engine.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.Event.ID;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds nodes from the parser's events. SnakeYAML's own composer lets duplicate keys through, hides where an alias stands and
 * whether a tag was written; its events say all three.
 */
public final class Composer {

    private static final int DEEPEST = 50;
    /** Values that aliases may stand for, all in all: far above any real spec, far below a bomb. */
    private static final int MOST_ALIASED = 20_000;

    private final Source source;
    private final Environment environment;
    private final Problems problems;
    private final Parser parser;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int composed;
    private int aliased;

    /**
     * What an anchor names.
     *
     * @param node null while it is being read
     * @param size how many values it has, those behind aliases counted again
     */
    private record Anchored(@Nullable Node node, int size) {}

    public Composer(Source source, Environment environment, Problems problems) {
        this.source = source;
        this.environment = environment;
        this.problems = problems;
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceReader.LARGEST + 1);
        this.parser = new ParserImpl(new StreamReader(source.text()), options);
    }

    /**
     * The one document of the source; empty if there is none.
     *
     * @throws SpecException if it cannot be understood as YAML, with all problems so far
     */
    public Optional<Node> compose() {
        try {
            parser.getEvent();
            if (!(parser.getEvent() instanceof DocumentStartEvent start)) {
                return Optional.empty();
            }
            refuseDirectives(start);
            Node root = node(0);
            parser.getEvent();
            Event next = parser.getEvent();
            if (next.is(ID.DocumentStart)) {
                problems.add(Problem.error(
                                source.at(next.getStartMark(), next.getEndMark()), "a second document begins here")
                        .suggesting("a spec is one document: put the second one in a file of its own"));
            }
            return Optional.of(root);
        } catch (MarkedYAMLException e) {
            throw fatal(SyntaxError.of(e, source));
        }
    }

    private void refuseDirectives(DocumentStartEvent start) {
        // null where no directive is written
        Map<String, String> tags = start.getTags();
        if (start.getVersion() != null || (tags != null && !tags.isEmpty())) {
            int from = start.getStartMark().getIndex();
            problems.add(
                    Problem.error(source.at(from, from + 1), "directives (lines that begin with '%') are not used here")
                            .suggesting("remove the line"));
        }
    }

    private Node node(int depth) {
        Event event = parser.getEvent();
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        NodeEvent begins = (NodeEvent) event;
        int from = content(begins);
        if (depth > DEEPEST) {
            throw fatal(Problem.error(source.at(from, from + 1), "lists and maps are nested more than 50 deep"));
        }
        String anchor = begins.getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(null, 0));
        }
        int before = composed++;
        Node node;
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar, scalar.getTag());
            node = scalar(scalar, from);
        } else {
            CollectionStartEvent collection = (CollectionStartEvent) event;
            refuseTag(collection, collection.getTag());
            node = collection instanceof MappingStartEvent
                    ? mapping(from, collection.isFlow(), depth)
                    : sequence(from, collection.isFlow(), depth);
        }
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, composed - before));
        }
        return node;
    }

    private Node.Scalar scalar(ScalarEvent event, int from) {
        int to = event.getEndMark().getIndex();
        Position at = source.at(from, to);
        String text = event.getValue();
        if (text.contains(Environment.OPENING)) {
            return environment.expand(at, text, source, from, to);
        }
        Node.Kind kind = event.isPlain() ? PlainScalar.kindOf(text) : Node.Kind.TEXT;
        return new Node.Scalar(at, kind, text, text);
    }

    private Node.Sequence sequence(int from, boolean flow, int depth) {
        List<Node> items = new ArrayList<>();
        while (!parser.checkEvent(ID.SequenceEnd)) {
            items.add(node(depth + 1));
        }
        return new Node.Sequence(whole(from, flow), items);
    }

    private Node.Mapping mapping(int from, boolean flow, int depth) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (!parser.checkEvent(ID.MappingEnd)) {
            Optional<Key> key = key(depth);
            Node value = node(depth + 1);
            key.ifPresent(k -> {
                Node.Entry first = entries.putIfAbsent(k.text(), new Node.Entry(k.at(), value));
                if (first != null) {
                    Position where = first.keyAt();
                    problems.add(Problem.error(k.at(), "key " + Problem.quoted(k.text()) + " is given twice")
                            .suggesting(where.isOption() ? "" : "it also stands at " + where));
                }
            });
        }
        return new Node.Mapping(whole(from, flow), entries);
    }

    private record Key(Position at, String text) {}

    /** A key that can be used; else empty, and reported. */
    private Optional<Key> key(int depth) {
        Event event = parser.peekEvent();
        if (!(event instanceof ScalarEvent scalar)) {
            boolean alias = event instanceof AliasEvent;
            Position at = alias ? source.at(event.getStartMark(), event.getEndMark()) : null;
            Node node = node(depth + 1);
            String what = alias ? "an alias" : node instanceof Node.Mapping ? "a map" : "a list";
            problems.add(Problem.error(at == null ? node.at() : at, "a key must be text, not " + what)
                    .suggesting(alias ? "write the key itself" : "if it was meant as text, put it in quotes"));
            return Optional.empty();
        }
        parser.getEvent();
        composed++;
        refuseTag(scalar, scalar.getTag());
        int from = content(scalar);
        Position at = source.at(from, scalar.getEndMark().getIndex());
        String text = scalar.getValue();
        if (text.isEmpty()) {
            problems.add(Problem.error(at, "a key is missing before this ':'"));
            return Optional.empty();
        }
        if (text.equals("<<") && scalar.isPlain()) {
            problems.add(Problem.error(at, "merge keys ('<<') are not known here")
                    .suggesting("use extends, or an alias for a whole value"));
            return Optional.empty();
        }
        if (text.contains(Environment.OPENING)) {
            problems.add(Problem.error(at, "${env:...} stands for a value, and this is a key"));
            return Optional.empty();
        }
        return Optional.of(new Key(at, text));
    }

    private Node aliased(AliasEvent event) {
        Position at = source.at(event.getStartMark(), event.getEndMark());
        String name = event.getAnchor();
        Anchored target = anchors.get(name);
        if (target == null) {
            problems.add(Problem.error(at, "there is no anchor '&" + name + "' above")
                    .suggesting(Suggestion.nearest(name, anchors.keySet())
                            .map(near -> "did you mean '*" + near + "'?")
                            .orElse("text that begins with '*' wants quotes")));
            return Environment.broken(at, "*" + name);
        }
        Node node = target.node();
        if (node == null) {
            problems.add(Problem.error(at, "alias '*" + name + "' stands inside what it names"));
            return Environment.broken(at, "*" + name);
        }
        composed += target.size();
        aliased += target.size();
        if (aliased > MOST_ALIASED) {
            throw fatal(Problem.error(at, "the aliases up to here stand for more than 20,000 values"));
        }
        return node;
    }

    private void refuseTag(NodeEvent event, @Nullable String tag) {
        if (tag == null || tag.equals("!")) {
            return;
        }
        int from = event.getStartMark().getIndex();
        while (source.pointAt(from) != '!' && from < event.getEndMark().getIndex()) {
            from++;
        }
        int to = tokenEnd(from);
        problems.add(Problem.error(source.at(from, to), "tags are not used here")
                .suggesting(tag.endsWith(":str") ? "remove it; quotes make text of anything" : "remove it"));
    }

    /** Ends a list or map that began at an index. */
    private Position whole(int from, boolean flow) {
        Mark end = parser.getEvent().getEndMark();
        return source.at(from, flow ? end.getIndex() : from + 1);
    }

    /** Where a value itself begins, past its anchor and tag. */
    private int content(NodeEvent event) {
        int from = event.getStartMark().getIndex();
        int end = event.getEndMark().getIndex();
        boolean plain = event instanceof ScalarEvent scalar && scalar.isPlain();
        if (event.getAnchor() == null && source.pointAt(from) != '!') {
            return from;
        }
        int at = from;
        while (source.pointAt(at) == '&' || source.pointAt(at) == '!') {
            at = tokenEnd(at);
            while (source.pointAt(at) >= 0 && Character.isWhitespace(source.pointAt(at))) {
                at++;
            }
        }
        return plain && at > end ? from : at;
    }

    private int tokenEnd(int from) {
        int end = from;
        while (source.pointAt(end) >= 0
                && !Character.isWhitespace(source.pointAt(end))
                && ",[]{}".indexOf(source.pointAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private SpecException fatal(Problem problem) {
        problems.add(problem);
        return new SpecException(problems.all());
    }
}
