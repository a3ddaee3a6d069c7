package io.rekindle.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a decision; what people tried is history.
 *
 * @param sentence what happens now, or why not
 */
public record Ruling(
    Instant at, String verb, @Nullable String by, boolean obeyed, String sentence) {}
