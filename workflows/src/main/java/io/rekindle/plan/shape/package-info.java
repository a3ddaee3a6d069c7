/**
 * How records describe what may be written in a plan: one reflection of the records gives reading,
 * checking, the JSON Schema and the reference pages, so that they cannot disagree.
 */
@NullMarked
package io.rekindle.plan.shape;

import org.jspecify.annotations.NullMarked;
