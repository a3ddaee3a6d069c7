/** Buckets of Amazon S3 that are replicated. */
@NullMarked
package io.rekindle.action.aws.s3;

import org.jspecify.annotations.NullMarked;
