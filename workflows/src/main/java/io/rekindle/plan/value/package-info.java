/**
 * Texts with a form of their own: their constructors refuse, with a sentence, what does not have
 * it.
 */
@NullMarked
package io.rekindle.plan.value;

import org.jspecify.annotations.NullMarked;
