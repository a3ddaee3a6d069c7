/** AWS CloudFormation stacks. */
@NullMarked
package io.rekindle.action.aws.cfn;

import org.jspecify.annotations.NullMarked;
