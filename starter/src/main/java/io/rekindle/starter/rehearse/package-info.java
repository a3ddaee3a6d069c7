/** What a plan would do, without doing it. */
@NullMarked
package io.rekindle.starter.rehearse;

import org.jspecify.annotations.NullMarked;
