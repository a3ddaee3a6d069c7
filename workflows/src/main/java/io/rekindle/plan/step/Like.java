package io.rekindle.plan.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an output looks like; {@code {field}}, {@code {run}}, {@code {region}} and {@code {account}}
 * are filled in. Validation and rehearsal use it in place of the real value, so it must have the
 * real form.
 *
 * <p>On a group of outputs it fills {@code {it}} in what each of the group looks like.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Like {
  String value();
}
