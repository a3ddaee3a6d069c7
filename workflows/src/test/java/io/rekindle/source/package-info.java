/** What this repository's own sources look like: their figures, and the sentences they say. */
@NullMarked
package io.rekindle.source;

import org.jspecify.annotations.NullMarked;
