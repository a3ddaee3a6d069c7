/** What looks whether something works, and tells people. */
@NullMarked
package io.rekindle.plan.step.proof;

import org.jspecify.annotations.NullMarked;
