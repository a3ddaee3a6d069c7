package io.rekindle.plan.shape;

import java.util.List;

/**
 * What a node became.
 *
 * @param value the record; where {@code whole} is false, stand-ins fill what could not be read
 * @param whole whether every part was there, readable and known
 */
public record Bound<T>(T value, boolean whole, List<Problem> problems) {}
