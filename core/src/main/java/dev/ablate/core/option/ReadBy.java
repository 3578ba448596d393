package dev.ablate.core.option;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the {@link OptionType} of a value class, so that an option may have values of it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ReadBy {

    /** The type; it has a constructor without parameters. */
    Class<? extends OptionType<?>> value();
}
