package io.rekindle.plan.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record of one text with a form of its own; its constructor refuses, with a sentence, what does
 * not have it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Text {
  /**
   * What it is, with an example: {@code an ARN such as
   * arn:aws:sns:us-west-2:123456789012:incidents}.
   */
  String value();

  /** One that is well formed. */
  String example();

  /** The form as a regular expression for editors; empty where it cannot be written as one. */
  String pattern() default "";
}
