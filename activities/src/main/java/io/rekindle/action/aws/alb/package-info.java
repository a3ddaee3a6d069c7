/** The listeners of Application Load Balancers, and what they let in. */
@NullMarked
package io.rekindle.action.aws.alb;

import org.jspecify.annotations.NullMarked;
