/** What there is in an account, whoever made it. */
@NullMarked
package io.rekindle.action.aws.inventory;

import org.jspecify.annotations.NullMarked;
