package io.rekindle.plan.step;

/** A kind of step: what a person writes under {@code with}. */
public sealed interface Declared permits Action, Control {}
