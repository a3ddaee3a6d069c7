/**
 * The vocabulary of plans: one record for each kind of step, nested in the sealed interface of its
 * service, which stands in one of the packages below. A record holds what a person writes, one
 * sentence for each field; {@link io.rekindle.plan.step.Facts} on it say what the kind does on AWS;
 * its {@code permissions} say what it must be allowed to do. Nothing else in the code names a kind.
 */
@NullMarked
package io.rekindle.plan.step;

import org.jspecify.annotations.NullMarked;
