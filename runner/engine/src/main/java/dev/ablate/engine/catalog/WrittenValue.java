package dev.ablate.engine.catalog;

import dev.ablate.core.option.OptionType;
import dev.ablate.core.option.OptionValue;
import dev.ablate.core.option.Range;
import dev.ablate.engine.yaml.Node;
import dev.ablate.engine.yaml.Reading;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A value of an option as it stands in a spec: what is refused is reported with its place. */
final class WrittenValue implements OptionValue {

    private final Reading reading;
    private final Range range;

    /** Whether this or a part of it was refused. */
    private final AtomicBoolean refused;

    private WrittenValue(Reading reading, Range range, AtomicBoolean refused) {
        this.reading = reading;
        this.range = range;
        this.refused = refused;
    }

    /** The value; empty if something is wrong with it, which is reported. */
    static <T> Optional<T> read(OptionType<T> type, Reading reading, Range range) {
        WrittenValue value = new WrittenValue(reading, range, new AtomicBoolean());
        Optional<T> read = type.read(value);
        if (read.isEmpty() && !value.refused.get()) {
            // a plugin's own type may say nothing
            value.refuse("must be " + type.words() + ", got " + value.got());
        }
        return read;
    }

    /** A path; empty if it is not one, which is reported. */
    static Optional<Path> path(Reading reading) {
        return new WrittenValue(reading, Range.all(), new AtomicBoolean()).path();
    }

    @Override
    public Form form() {
        if (reading.node() instanceof Node.Sequence) {
            return Form.LIST;
        }
        if (!(reading.node() instanceof Node.Scalar scalar)) {
            return Form.MAP;
        }
        return switch (scalar.kind()) {
            case BOOLEAN -> Form.BOOLEAN;
            case INTEGER -> Form.WHOLE_NUMBER;
            case FLOAT -> Form.NUMBER;
            case TEXT -> Form.TEXT;
            case NULL, AMBIGUOUS -> Form.OTHER;
        };
    }

    @Override
    public Optional<Boolean> bool() {
        return noted(reading.bool());
    }

    @Override
    public Optional<Integer> integer() {
        return noted(reading.integer()).filter(this::inside);
    }

    @Override
    public Optional<Long> wholeNumber() {
        return noted(reading.wholeNumber()).filter(this::inside);
    }

    @Override
    public Optional<Double> number() {
        return noted(reading.number()).filter(this::inside);
    }

    private boolean inside(Number value) {
        Optional<String> broken = range.brokenBy(value.doubleValue());
        broken.ifPresent(words -> refuse("must be " + words + ", got " + got()));
        return broken.isEmpty();
    }

    @Override
    public Optional<String> text() {
        return noted(reading.text());
    }

    @Override
    public Optional<String> word(Collection<String> words) {
        return noted(reading.word(words));
    }

    @Override
    public Optional<Path> path() {
        Optional<String> text = text();
        if (text.isPresent() && text.get().isBlank()) {
            refuse("must name a file, got " + got());
            return Optional.empty();
        }
        try {
            return text.map(name -> reading.node().at().folder().resolve(name));
        } catch (InvalidPathException e) {
            refuse("must be a path, got " + got() + " (" + e.getReason() + ")");
            return Optional.empty();
        }
    }

    @Override
    public Optional<List<OptionValue>> items() {
        return noted(reading.items())
                .map(items -> items.stream().map(this::part).toList());
    }

    @Override
    public Optional<Map<String, OptionValue>> entries(Collection<String> required, Collection<String> optional) {
        List<String> keys =
                Stream.of(required, optional).flatMap(Collection::stream).toList();
        Optional<Map<String, Reading>> found = noted(reading.entries(keys));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> missing = new ArrayList<>(required);
        missing.removeAll(found.get().keySet());
        // what is under an unknown key, which is reported, was probably meant
        boolean unknown = reading.node() instanceof Node.Mapping mapping
                && mapping.entries().size() > found.get().size();
        refused.compareAndSet(false, unknown);
        if (!unknown) {
            missing.forEach(key -> refuse("must have the key " + key));
        }
        if (!missing.isEmpty()) {
            return Optional.empty();
        }
        Map<String, OptionValue> entries = new LinkedHashMap<>();
        found.get().forEach((key, value) -> entries.put(key, part(value)));
        return Optional.of(entries);
    }

    @Override
    public Optional<Map<String, OptionValue>> entries() {
        return noted(reading.entries()).map(found -> {
            Map<String, OptionValue> entries = new LinkedHashMap<>();
            found.forEach((key, value) -> entries.put(key, part(value)));
            return entries;
        });
    }

    private OptionValue part(Reading reading) {
        return new WrittenValue(reading, range, refused);
    }

    @Override
    public void refuse(String requirement) {
        refused.set(true);
        reading.refuse(requirement);
    }

    @Override
    public String got() {
        return reading.got();
    }

    private <T> Optional<T> noted(Optional<T> read) {
        refused.compareAndSet(false, read.isEmpty());
        return read;
    }
}
