/** Messages to people and to other systems. */
@NullMarked
package io.rekindle.action.aws.notify;

import org.jspecify.annotations.NullMarked;
