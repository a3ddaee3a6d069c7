/** Handlers of Amazon ElastiCache. */
@NullMarked
package io.rekindle.action.aws.elasticache;

import org.jspecify.annotations.NullMarked;
