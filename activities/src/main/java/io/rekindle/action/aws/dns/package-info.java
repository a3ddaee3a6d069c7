/** What DNS answers, asked of those who decide it: never of what a resolver still remembers. */
@NullMarked
package io.rekindle.action.aws.dns;

import org.jspecify.annotations.NullMarked;
