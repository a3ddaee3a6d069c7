/** Proof that what was recovered works. */
@NullMarked
package io.rekindle.action.aws.verify;

import org.jspecify.annotations.NullMarked;
