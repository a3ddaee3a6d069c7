/** AWS Secrets Manager. */
@NullMarked
package io.rekindle.action.aws.secrets;

import org.jspecify.annotations.NullMarked;
