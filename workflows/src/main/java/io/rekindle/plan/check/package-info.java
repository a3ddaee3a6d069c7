/** What must be true of a plan beyond the form of its fields: one small class for each concern. */
@NullMarked
package io.rekindle.plan.check;

import org.jspecify.annotations.NullMarked;
