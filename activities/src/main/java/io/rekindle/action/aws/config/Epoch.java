package io.rekindle.action.aws.config;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Config;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * Which Region is published as active, and under which epoch.
 *
 * @param number 0 where none was ever published
 * @param region empty where none was ever published
 */
record Epoch(long number, String region) {
  static final String EPOCH = "epoch";
  static final String REGION = "activeRegion";

  static Epoch of(Map<String, Parameter> found) {
    return new Epoch(
        Optional.ofNullable(found.get(EPOCH)).map(Parameter::value).map(Long::parseLong).orElse(0L),
        Optional.ofNullable(found.get(REGION)).map(Parameter::value).orElse(""));
  }

  /** What it was before the step changed it. */
  static Epoch before(Due due) {
    return new Epoch(
        Long.parseLong(due.before().getOrDefault(EPOCH, "0")),
        due.before().getOrDefault(REGION, ""));
  }

  Map<String, String> asBefore() {
    Map<String, String> before = new TreeMap<>();
    if (number > 0) {
      before.put(EPOCH, String.valueOf(number));
    }
    if (!region.isEmpty()) {
      before.put(REGION, region);
    }
    return before;
  }

  /** What the step makes of it, however often it is asked. */
  Epoch next(Work<Config.Publish> work) {
    return new Epoch(Math.max(number, work.with().epochAbove()) + 1, work.call().region());
  }
}
