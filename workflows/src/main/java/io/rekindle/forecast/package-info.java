/**
 * How long things take, from the plan and the facts of its kinds alone: one computation for the
 * forecast on a desk, for what a gate tells, and for the durations of a rehearsal. A seed decides
 * everything, so a workflow may ask, too.
 */
@NullMarked
package io.rekindle.forecast;

import org.jspecify.annotations.NullMarked;
