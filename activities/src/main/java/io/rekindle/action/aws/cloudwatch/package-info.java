/** Alarms of Amazon CloudWatch, metric and composite. */
@NullMarked
package io.rekindle.action.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
