/**
 * A cloud that exists only in facts: for rehearsals on a laptop, and for the tests of the workflow.
 */
@NullMarked
package io.rekindle.rehearse;

import org.jspecify.annotations.NullMarked;
