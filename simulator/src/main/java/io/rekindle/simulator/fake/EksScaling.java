package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * A node group on its way from some sizes to others. EKS is done when Auto Scaling has been told;
 * the instances come one after another.
 *
 * @param id of the update
 * @param token what it was asked with
 * @param group the name of the Auto Scaling group
 * @param running how many instances were in service when it began
 * @param word the status meanwhile
 * @param end how it ends; empty for well
 */
record EksScaling(
    String id,
    String token,
    String group,
    Sizes from,
    Sizes to,
    int running,
    Instant begun,
    Instant until,
    String word,
    String end) {
  static final String FAILED = "Failed";
  static final String CANCELLED = "Cancelled";
  static final String DEGRADED = "DEGRADED";

  /** The sizes of a node group, as EKS checks them. */
  record Sizes(int min, int max, int desired) {
    static Sizes of(JsonNode config) {
      return new Sizes(
          config.path("minSize").asInt(),
          config.path("maxSize").asInt(),
          config.path("desiredSize").asInt());
    }

    /** What is not given stays. */
    Sizes with(JsonNode config) {
      return new Sizes(
          config.path("minSize").asInt(min),
          config.path("maxSize").asInt(max),
          config.path("desiredSize").asInt(desired));
    }

    void show(ObjectNode nodegroup) {
      nodegroup
          .putObject("scalingConfig")
          .put("minSize", min)
          .put("maxSize", max)
          .put("desiredSize", desired);
    }

    /** Empty where there is nothing wrong with them. */
    String fault() {
      if (max < 1) {
        return "maxSize must be at least 1";
      }
      if (min > desired) {
        return "Minimum capacity %d can't be greater than desired size %d".formatted(min, desired);
      }
      return desired > max
          ? "desired capacity %d can't be greater than max size %d".formatted(desired, max)
          : "";
    }
  }

  private boolean isUndone() {
    return end.equals(FAILED) || end.equals(CANCELLED);
  }

  private Instant told() {
    return begun.plus(Duration.between(begun, until).dividedBy(3));
  }

  boolean isUpdating(Instant now) {
    return now.isBefore(told());
  }

  /** What EKS shows: the new ones once Auto Scaling was told, and none of an update that failed. */
  Sizes sizes(Instant now) {
    return isUpdating(now) || isUndone() ? from : to;
  }

  String updateStatus(Instant now) {
    return isUpdating(now) ? "InProgress" : isUndone() ? end : "Successful";
  }

  String status(Instant now) {
    if (isUpdating(now)) {
      return word;
    }
    return end.isEmpty() || isUndone() ? "ACTIVE" : end;
  }

  boolean lacksInstances(Instant now) {
    return end.equals(DEGRADED) && !isUpdating(now) && running(now) < to.desired();
  }

  int running(Instant now) {
    int wanted = sizes(now).desired();
    if (isUpdating(now) || isUndone() || (end.equals(DEGRADED) && wanted > running)) {
      return running;
    }
    if (!now.isBefore(until)) {
      return wanted;
    }
    double share =
        Duration.between(told(), now).toMillis()
            / (double) Math.max(1, Duration.between(told(), until).toMillis());
    return running + (int) ((wanted - running) * share);
  }
}
