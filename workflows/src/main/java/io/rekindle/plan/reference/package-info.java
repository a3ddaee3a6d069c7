/**
 * What people and editors can look up: the schema of plans and a page for each kind, made from the
 * declarations.
 */
@NullMarked
package io.rekindle.plan.reference;

import org.jspecify.annotations.NullMarked;
