/** The command line. */
@NullMarked
package io.rekindle.starter;

import org.jspecify.annotations.NullMarked;
