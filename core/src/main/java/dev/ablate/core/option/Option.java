package dev.ablate.core.option;

import dev.ablate.core.data.Task;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what one option means, what it is when nobody gives it, and which values it takes.
 *
 * <p>It stands on a component of an options record, and nowhere else are help, default or range written. The component's
 * name gives the option's name in YAML, in MLflow and in the docs: {@code learningRate} is {@code learning_rate}; an enum
 * constant {@code AS_PUBLISHED} is {@code as-published}.
 *
 * <p>A component may be of type {@code boolean}, {@code int}, {@code long}, {@code double}, {@code String}, an enum,
 * {@link java.nio.file.Path}, a value class that names its type by {@link ReadBy}, {@link java.util.List} of these (lists of
 * lists too), or {@link java.util.Optional} of these. Any component but an {@code Optional} must be given if it has no
 * {@link #fallback()}. A relative {@code Path} is resolved against the file in which it is written.
 *
 * <p>An {@code Optional} that nobody gives is empty, even if it has a fallback: then the fallback is for a person to read,
 * and the record's constructor, which may want to know whether an option was given, puts it in its place. So a record
 * holds what is used, and options that mean the same are equal.
 *
 * <p>Options records nest: a component without this, whose type is a record with options, stands for these, which are written
 * beside the others and have names that differ. Where a nested record fills in what was not given, or refuses, so does the
 * whole. Whatever a record fills in, its constructor takes its own values again and gives an equal record.
 *
 * <p>The default of a trainer's option may depend on what is learned: {@link #byTask()}. The record is made with the default
 * that holds, so that a run's key, its parameters and {@code ablate render} have the value that is used.
 *
 * <p>The range bounds numbers, and the numbers in a list one by one. NaN and infinities are never accepted.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {

    /** What the option does, in one line without a full stop. */
    String help();

    /**
     * The default, written as it would be in a spec: {@code "0.1"}, {@code "sigmoid"}, {@code "{ normal: { sd: 1.0 } }"}.
     * Empty: there is none.
     */
    String fallback() default "";

    /**
     * Defaults that hold for one task, instead of {@link #fallback()}, which must be there for the others. Only on a component
     * of a trainer's options record that is not an {@code Optional}.
     */
    ForTask[] byTask() default {};

    /** A default that holds for one task. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface ForTask {

        /** What is learned. */
        Task task();

        /** The default, written as {@link Option#fallback()} is. */
        String fallback();
    }

    /** The value must be greater than this. NaN: no such bound. */
    double above() default Double.NaN;

    /** The value must be this or greater. NaN: no such bound. */
    double atLeast() default Double.NaN;

    /** The value must be less than this. NaN: no such bound. */
    double below() default Double.NaN;

    /** The value must be this or less. NaN: no such bound. */
    double atMost() default Double.NaN;
}
