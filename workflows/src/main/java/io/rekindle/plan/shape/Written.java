package io.rekindle.plan.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a component is written in a plan, where that is not under its own name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Written {
  /** Its name, where Java keeps the word for itself, such as {@code class}. */
  String value() default "";

  /** Under no name: the fields of its record stand among those beside it. */
  boolean inline() default false;
}
