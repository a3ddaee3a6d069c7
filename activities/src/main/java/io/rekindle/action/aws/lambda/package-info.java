/** Handlers of AWS Lambda functions. */
@NullMarked
package io.rekindle.action.aws.lambda;

import org.jspecify.annotations.NullMarked;
