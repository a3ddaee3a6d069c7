package io.rekindle.plan.step;

import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.NewName;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A kind of step that looks at AWS or changes it. One sealed interface for each service holds its
 * kinds; {@link io.rekindle.plan.Kinds} lists the services.
 */
public non-sealed interface Action extends Declared {

  /**
   * Everything the kind may call, for this step: with ARNs wherever AWS allows them, never with a
   * wildcard action.
   */
  List<Permission> permissions(Realm at);

  /** The base of the name of what it makes; every kind whose guard is that name tells it. */
  default Optional<NewName> makes() {
    return Optional.empty();
  }

  /** A service of which drills list all that there is, to prove what is left. */
  interface Listed {
    /** What shows all of it, whoever made it. */
    List<Permission> inventory(Realm at);
  }

  /**
   * A kind that belongs to no Region. No Region of the plan has a role for it, so it has one of its
   * own.
   */
  interface Anywhere {
    /** The role to take on, where what it acts on belongs to another account than the worker. */
    @Nullable Arn role();
  }

  /**
   * What a kind changes: an enum within its record, in the order in which the changes are made. A
   * kind without one only looks.
   */
  interface Change {
    String name();

    /** How it is called in history, pages and permissions. */
    default String word() {
      return Shapes.word(name());
    }
  }

  /**
   * What later steps can read: a record within that of the kind. A component that is a record of
   * several is a group, whose values stand among the others; what the component says is said of the
   * first of them.
   */
  interface Outputs {}

  /** What a change does, on its constant. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.FIELD)
  @interface Does {
    /** The call and what it waits for, in one sentence. */
    String value();

    /**
     * The field without which (absent, empty, false) the change is not made; empty when it always
     * is.
     */
    String onlyIf() default "";
  }

  /**
   * A typical duration, and where that is known from; of a change until the next look finds it
   * done.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.FIELD)
  @interface Lasts {
    String min();

    String likely();

    String max();

    /** A document or an AWS page; {@link Sources#ESTIMATE} where nobody measured it yet. */
    String source();
  }

  /**
   * What an output looks like; {@code {field}}, {@code {run}}, {@code {region}} and {@code
   * {account}} are filled in. Validation and rehearsal use it in place of the real value, so it
   * must have the real form.
   *
   * <p>On a group of outputs it fills {@code {it}} in what each of the group looks like.
   */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Like {
    String value();
  }
}
