package dev.ablate.core.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Examples together with what they mean.
 *
 * @param examples the rows and targets
 * @param task what is learned
 * @param target the target's name, such as {@code price}
 * @param units the unit of a feature or of the target by its name, such as {@code area -> square feet}; a name without a unit is left out
 * @param source who made or published the data, for a person to read; empty where the spec itself holds it
 * @param classes what the data call the classes that are coded 0 and 1, in this order, such as {@code [no, yes]}; {@code [0, 1]}
 *     where they are called as they are coded; empty for regression
 */
public record Dataset(
        Examples examples, Task task, String target, Map<String, String> units, String source, List<String> classes) {

    private static final List<String> AS_CODED = List.of("0", "1");

    /**
     * Copies map and list; two classes without names are called {@code 0} and {@code 1}.
     *
     * @throws IllegalArgumentException if the target has a feature's name, a class is neither 0 nor 1, the classes' names are
     *     not two different ones, or a unit is of something that is not there
     */
    public Dataset {
        units = Map.copyOf(units);
        classes = classes.isEmpty() && task == Task.BINARY_CLASSIFICATION ? AS_CODED : List.copyOf(classes);
        if (target.isBlank() || examples.features().contains(target)) {
            throw new IllegalArgumentException("the target may not be called '" + target + "'");
        }
        for (String name : units.keySet()) {
            if (!name.equals(target) && !examples.features().contains(name)) {
                throw new IllegalArgumentException("a unit is given for '" + name + "', which is not in the data");
            }
        }
        boolean named = task == Task.BINARY_CLASSIFICATION
                ? classes.size() == 2
                        && !classes.get(0).equals(classes.get(1))
                        && classes.stream().noneMatch(String::isBlank)
                : classes.isEmpty();
        if (!named) {
            throw new IllegalArgumentException("these are not the names of two classes: " + classes);
        }
        if (task == Task.BINARY_CLASSIFICATION) {
            for (double answer : examples.targets()) {
                if (answer != 0 && answer != 1) {
                    throw new IllegalArgumentException("a class must be 0 or 1, not " + answer);
                }
            }
        }
    }

    /** Examples whose classes, if there are any, are called {@code 0} and {@code 1}. */
    public Dataset(Examples examples, Task task, String target, Map<String, String> units, String source) {
        this(examples, task, target, units, source, List.of());
    }

    /** Yes-or-no examples, without units. */
    public static Dataset classification(Examples examples, String target, String source) {
        return classification(examples, target, AS_CODED, source);
    }

    /**
     * Examples of two classes, without units.
     *
     * @param classes what the data call the classes that are coded 0 and 1, in this order
     */
    public static Dataset classification(Examples examples, String target, List<String> classes, String source) {
        return new Dataset(examples, Task.BINARY_CLASSIFICATION, target, Map.of(), source, classes);
    }

    /** Examples of a number to predict. */
    public static Dataset regression(Examples examples, String target, Map<String, String> units, String source) {
        return new Dataset(examples, Task.REGRESSION, target, units, source);
    }

    /** The same data from another source. */
    public Dataset from(String another) {
        return another.equals(source) ? this : new Dataset(examples, task, target, units, another, classes);
    }

    /** Whether the data call their classes other than 0 and 1. */
    public boolean isCoded() {
        return !classes.isEmpty() && !classes.equals(AS_CODED);
    }

    /**
     * What the data call a class.
     *
     * @param coded 0 or 1: a target, or what a prediction was decided to be
     * @throws IllegalStateException for regression
     */
    public String label(double coded) {
        if (classes.isEmpty()) {
            throw new IllegalStateException("the target is a number, not a class");
        }
        return classes.get(coded == 1 ? 1 : 0);
    }

    /**
     * SHA-256 over task, names, values and targets, as 64 lower-case hex digits.
     *
     * <p>Equal data have equal hashes on every machine; units, source and the classes' names do not count.
     */
    public String contentHash() {
        MessageDigest digest = sha256();
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            out.writeUTF(task.name());
            out.writeUTF(target);
            out.writeInt(examples.size());
            out.writeInt(examples.width());
            for (String feature : examples.features()) {
                out.writeUTF(feature);
            }
            for (double[] values : new double[][] {examples.rows(), examples.targets()}) {
                // in blocks, since a digest is slow byte by byte
                ByteArrayOutputStream block = new ByteArrayOutputStream(8 * values.length);
                DataOutputStream numbers = new DataOutputStream(block);
                for (double value : values) {
                    numbers.writeDouble(value);
                }
                out.write(block.toByteArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
