package io.rekindle.action.aws.config;

import static io.rekindle.plan.step.compute.Config.Publish.ACTIVE_REGION;
import static io.rekindle.plan.step.compute.Config.Publish.EPOCH;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Config;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * Which Region is published as active, and under which epoch.
 *
 * @param number 0 where none was ever published
 * @param region empty where none was ever published
 */
record Epoch(long number, String region) {
  /** The same in history, without what was never published. */
  record Before(@Nullable Long epoch, @Nullable String activeRegion) {}

  static Epoch of(Map<String, Parameter> found) {
    return new Epoch(
        Optional.ofNullable(found.get(EPOCH)).map(Parameter::value).map(Long::parseLong).orElse(0L),
        Parameters.value(found, ACTIVE_REGION));
  }

  static Epoch of(Before before) {
    return new Epoch(
        Objects.requireNonNullElse(before.epoch(), 0L),
        Objects.requireNonNullElse(before.activeRegion(), ""));
  }

  Before asBefore() {
    return new Before(number > 0 ? number : null, region.isEmpty() ? null : region);
  }

  /** What the step makes of it, however often it is asked. */
  Epoch next(Work<Config.Publish> work) {
    return new Epoch(Math.max(number, work.with().epochAbove()) + 1, work.call().region());
  }
}
