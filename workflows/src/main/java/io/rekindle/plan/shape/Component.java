package io.rekindle.plan.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What can stand at a component of a record that a plan is bound to. */
public @interface Component {

  /** The one sentence that tells people what a field is for. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Says {
    String value();
  }

  /** The value of a field that was not written, as it would be written. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Default {
    String value();
  }

  /** The smallest number, or the fewest entries of a list, that a field takes. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface AtLeast {
    long value();
  }

  /** The largest number that a field takes. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface AtMost {
    long value();
  }

  /** A list that may be written as its single entry. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface OneOrMany {}

  /** How a component is written in a plan, where that is not under its own name. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Written {
    /** Its name, where Java keeps the word for itself, such as {@code class}. */
    String value() default "";

    /** Under no name: the fields of its record stand among those beside it. */
    boolean inline() default false;
  }

  /** The field that a record consists of when it is written as one plain value. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Shorthand {}

  /**
   * A record of one text with a form of its own; its constructor refuses, with a sentence, what
   * does not have it.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Text {
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

  /**
   * Not a field: the record keeps here what it was read from, so that later checks can name places.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Source {}
}
