/**
 * What a plan needs to be permitted: policies for exactly that plan, and why each line is there.
 */
@NullMarked
package io.rekindle.plan.iam;

import org.jspecify.annotations.NullMarked;
