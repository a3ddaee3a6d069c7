package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.Says;
import io.rekindle.plan.step.Like;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How much of the data came back, as an output. */
public record Recovered(
    @Says("The time up to which it holds data.") @Like("2026-01-01T00:00:00Z")
        @Nullable Instant recoveryPoint) {}
