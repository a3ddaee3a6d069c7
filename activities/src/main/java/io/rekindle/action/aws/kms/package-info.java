/** The keys of AWS KMS. */
@NullMarked
package io.rekindle.action.aws.kms;

import org.jspecify.annotations.NullMarked;
