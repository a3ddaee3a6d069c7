/** Evidence on whether the application is down. No answer is no evidence, for or against. */
@NullMarked
package io.rekindle.action.aws.probe;

import org.jspecify.annotations.NullMarked;
