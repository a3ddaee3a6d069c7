/** What leads users and devices to a Region. */
@NullMarked
package io.rekindle.plan.step.traffic;

import org.jspecify.annotations.NullMarked;
