/** One command, one class. */
@NullMarked
package io.rekindle.starter.command;

import org.jspecify.annotations.NullMarked;
