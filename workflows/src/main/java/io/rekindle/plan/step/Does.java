package io.rekindle.plan.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a change does, on its constant. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Does {
  /** The call and what it waits for, in one sentence. */
  String value();

  /**
   * The field without which (absent, empty, false) the change is not made; empty when it always is.
   */
  String onlyIf() default "";
}
