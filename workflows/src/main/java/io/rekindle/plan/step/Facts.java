package io.rekindle.plan.step;

import io.rekindle.plan.step.Action.Lasts;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What is known about a kind of step without running it; what it changes and what it gives stand
 * beside it, as {@link Action.Change} and {@link Action.Outputs}. Documentation, forecast,
 * rehearsal and drills read only this.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Facts {
  String NOTHING_TO_UNDO = "Nothing was changed.";

  /** How plans call it: {@code service.verbNoun}. */
  String kind();

  /** One or two sentences on what it does on AWS, with the traps that matter at night. */
  String says();

  Role role();

  Scope scope() default Scope.REGIONAL;

  Plane plane();

  /** How long it takes to settle when there is nothing to change: for kinds that only look. */
  Lasts settles() default @Lasts(min = "0s", likely = "0s", max = "0s", source = "");

  /** What keeps a change from being made twice. */
  Guard guard();

  Undo undo() default Undo.NOTHING;

  /**
   * The fields that say which thing it acts on. What was made of one thing says nothing about
   * another; without any, all that a step makes is of the same.
   */
  String[] thing() default {};

  /** The field that chooses the point up to which data is brought back; empty for none. */
  String point() default "";

  /** How it is undone, or why not, in one sentence; a kind that changes something says it. */
  String undoing() default NOTHING_TO_UNDO;

  Drill drill();

  /** How it behaves in a drill, in one sentence. */
  String drilling();

  /** The whole time a step may take before it asks a person. */
  String budget();

  /**
   * How long one look may take: longer than usual only where AWS itself takes so long to answer.
   * The handler shows life meanwhile, and ends what it asked when nobody waits for it any more.
   */
  String look() default "30s";

  enum Role {
    DATA,
    COMPUTE,
    CONFIG,
    TRAFFIC,
    VERIFY,
    NOTIFY,
    /** Interpreted by the workflow itself. */
    CONTROL
  }

  enum Scope {
    REGIONAL,
    /** Belongs to no Region: the step takes no {@code region}. */
    GLOBAL
  }

  enum Plane {
    CONTROL,
    DATA,
    /** Calls no AWS API. */
    NONE
  }

  enum Guard {
    /** What it creates has a name that only this step of this run gives. */
    NAME,
    /** AWS recognises a repeated call by its token. */
    TOKEN,
    /** It compares the state with the wanted one first; repeating it changes nothing. */
    STATE,
    /** Nothing: the change is made at least once, under one de-duplication id. */
    NONE
  }

  enum Undo {
    /** It deletes what it created, if that has never served. */
    DELETES_OURS,
    /** It puts the recorded former state back. */
    PUTS_BACK,
    /** There is no way back. */
    ONE_WAY,
    /** It changed nothing that needs undoing. */
    NOTHING
  }

  enum Drill {
    /** It runs in drills, on copies of its own, which nobody else can have made. */
    ISOLATED,
    /** It runs in drills, on what is there, and puts it back at the end. */
    IN_PLACE,
    /** Drills go on without it. */
    LEFT_OUT,
    /** A drill that names it is refused. */
    REFUSED
  }
}
