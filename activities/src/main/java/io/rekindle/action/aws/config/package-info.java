/** Configuration in the Parameter Store of AWS Systems Manager. */
@NullMarked
package io.rekindle.action.aws.config;

import org.jspecify.annotations.NullMarked;
