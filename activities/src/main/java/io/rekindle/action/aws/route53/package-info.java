/** Records of Amazon Route 53. */
@NullMarked
package io.rekindle.action.aws.route53;

import org.jspecify.annotations.NullMarked;
