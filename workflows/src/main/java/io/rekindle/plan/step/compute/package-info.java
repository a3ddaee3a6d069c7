/** What runs the application, what builds and configures it. */
@NullMarked
package io.rekindle.plan.step.compute;

import org.jspecify.annotations.NullMarked;
