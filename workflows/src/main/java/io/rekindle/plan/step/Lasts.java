package io.rekindle.plan.step;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A typical duration, and where that is known from; of a change until the next look finds it done.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Lasts {
  String min();

  String likely();

  String max();

  /** A document or an AWS page; {@link Sources#ESTIMATE} where nobody measured it yet. */
  String source();
}
