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
import java.util.Map;

/**
 * Examples together with what they mean.
 *
 * @param examples the rows and targets
 * @param task what is learned
 * @param target the target's name, such as {@code price}
 * @param units the unit of a feature or of the target by its name, such as {@code area -> square feet}; a name without a unit is left out
 * @param source who made or published the data, for a person to read; empty where the spec itself holds it
 */
public record Dataset(Examples examples, Task task, String target, Map<String, String> units, String source) {

    /**
     * @throws IllegalArgumentException if the target has a feature's name, a class is neither 0 nor 1, or a unit is of
     *     something that is not there
     */
    public Dataset {
        units = Map.copyOf(units);
        if (target.isBlank() || examples.features().contains(target)) {
            throw new IllegalArgumentException("the target may not be called '" + target + "'");
        }
        for (String name : units.keySet()) {
            if (!name.equals(target) && !examples.features().contains(name)) {
                throw new IllegalArgumentException("a unit is given for '" + name + "', which is not in the data");
            }
        }
        if (task == Task.BINARY_CLASSIFICATION) {
            for (double answer : examples.targets()) {
                if (answer != 0 && answer != 1) {
                    throw new IllegalArgumentException("a class must be 0 or 1, not " + answer);
                }
            }
        }
    }

    /** Yes-or-no examples, without units. */
    public static Dataset classification(Examples examples, String target, String source) {
        return new Dataset(examples, Task.BINARY_CLASSIFICATION, target, Map.of(), source);
    }

    /** Examples of a number to predict. */
    public static Dataset regression(Examples examples, String target, Map<String, String> units, String source) {
        return new Dataset(examples, Task.REGRESSION, target, units, source);
    }

    /** The same data from another source. */
    public Dataset from(String another) {
        return another.equals(source) ? this : new Dataset(examples, task, target, units, another);
    }

    /**
     * SHA-256 over task, names, values and targets, as 64 lower-case hex digits.
     *
     * <p>Equal data have equal hashes on every machine; units and source do not count.
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
