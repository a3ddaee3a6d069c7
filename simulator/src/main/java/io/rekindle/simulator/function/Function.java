package io.rekindle.simulator.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.simulator.fake.Tempo;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A function, its published versions, their aliases, and how many of it may run. */
final class Function {
  static final String LATEST = "$LATEST";
  private static final String CREATE = "CreateFunction";
  private static final String UPDATE = "UpdateFunctionConfiguration";

  /** What cannot be reached in a VPC: the example of a reason. */
  private static final String REASON_CODE = "SubnetOutOfIPAddresses";

  private static final String REASON = "The subnet has no free addresses.";

  private final Key key;
  private final Tempo tempo;
  private final ObjectNode settings;
  private final Map<String, Map<String, String>> versions = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, Provisioned> provisioned = new HashMap<>();
  private Instant active;
  private boolean idle;
  private Update update;
  private Map<String, String> running;
  private @Nullable Integer reserved;

  /**
   * What was asked for last. The revision is another one as soon as the update is over.
   *
   * @param failure the state it ends in; empty for the good one
   */
  private record Update(
      Map<String, String> environment,
      Instant until,
      String failure,
      String revisionMeanwhile,
      String revisionAfterwards) {
    boolean isUnderWay(Instant now) {
      return now.isBefore(until);
    }
  }

  /**
   * @param failure the state it ends in; empty for the good one
   */
  record Provisioned(int requested, Instant begun, Instant until, String failure) {
    String status(Instant now) {
      return now.isBefore(until) ? "IN_PROGRESS" : failure.isEmpty() ? "READY" : failure;
    }
  }

  /**
   * @param settings what AWS shows of it and nothing here alters
   */
  Function(Key key, Tempo tempo, ObjectNode settings, Map<String, String> environment) {
    this.key = key;
    this.tempo = tempo;
    this.settings = settings;
    active = tempo.end(CREATE, Lambda.Configure.class, "configure");
    running = environment;
    update = new Update(environment, active, "", revision(), revision());
  }

  private static String revision() {
    return UUID.randomUUID().toString();
  }

  Key key() {
    return key;
  }

  synchronized String state() {
    String told = tempo.end(CREATE);
    if (!told.isEmpty()) {
      return told;
    }
    return idle ? "Inactive" : tempo.now().isBefore(active) ? "Pending" : "Active";
  }

  /** As if nobody had invoked it for weeks. */
  synchronized void fallIdle() {
    idle = true;
  }

  /** An invocation of one that is idle fails, and brings it back after a while. */
  synchronized void awake() {
    idle = false;
    active = tempo.end(CREATE, Lambda.Configure.class, "configure");
  }

  synchronized boolean isBeingUpdated() {
    return update.isUnderWay(tempo.now());
  }

  synchronized String currentRevision() {
    return isBeingUpdated() ? update.revisionMeanwhile() : update.revisionAfterwards();
  }

  synchronized void update(Map<String, String> environment) {
    running = environment(LATEST);
    Instant until = tempo.end(UPDATE, Lambda.Configure.class, "configure");
    update = new Update(environment, until, tempo.end(UPDATE), revision(), revision());
  }

  synchronized void limit(int seconds) {
    settings.put("Timeout", seconds);
  }

  /** What a version runs with; an update that goes on or has failed changes nothing. */
  synchronized Map<String, String> environment(String version) {
    Map<String, String> published = versions.get(version);
    if (published != null) {
      return published;
    }
    boolean holds = !isBeingUpdated() && update.failure().isEmpty();
    return holds ? update.environment() : running;
  }

  synchronized String publish() {
    String version = String.valueOf(versions.size() + 1);
    versions.put(version, environment(LATEST));
    return version;
  }

  synchronized void name(String alias, String version) {
    aliases.put(alias, version);
  }

  /**
   * @param qualifier an alias, or a version
   */
  synchronized Optional<String> version(String qualifier) {
    String version = aliases.getOrDefault(qualifier, qualifier);
    boolean known = version.equals(LATEST) || versions.containsKey(version);
    return known ? Optional.of(version) : Optional.empty();
  }

  synchronized Optional<Integer> reserved() {
    return Optional.ofNullable(reserved);
  }

  synchronized void reserve(int count) {
    reserved = count;
  }

  synchronized void free() {
    reserved = null;
  }

  synchronized Optional<Provisioned> provisioned(String qualifier) {
    return Optional.ofNullable(provisioned.get(qualifier));
  }

  synchronized void provision(String qualifier, Provisioned what) {
    provisioned.put(qualifier, what);
  }

  synchronized void removeProvisioned(String qualifier) {
    provisioned.remove(qualifier);
  }

  /** What AWS shows of it. */
  synchronized ObjectNode shown(String qualifier) {
    String version = version(qualifier).orElseThrow();
    boolean latest = version.equals(LATEST);
    ObjectNode shown = settings.deepCopy();
    shown.put("FunctionName", key.name());
    shown.put("FunctionArn", key.arn() + (qualifier.equals(LATEST) ? "" : ":" + qualifier));
    shown.put("Version", version);
    shown.put("RevisionId", currentRevision());
    shown.put("LastModified", "2026-01-01T00:00:00.000+0000");
    showState(shown);
    showUpdate(shown);
    showEnvironment(shown, latest ? update.environment() : environment(version));
    return shown;
  }

  private void showState(ObjectNode shown) {
    String state = state();
    shown.put("State", state);
    switch (state) {
      case "Pending" -> shown.put("StateReasonCode", "Creating");
      case "Inactive" -> shown.put("StateReasonCode", "Idle");
      case "Failed" -> shown.put("StateReasonCode", REASON_CODE).put("StateReason", REASON);
      default -> {}
    }
  }

  private void showUpdate(ObjectNode shown) {
    String over = update.failure().isEmpty() ? "Successful" : update.failure();
    String status = isBeingUpdated() ? "InProgress" : over;
    shown.put("LastUpdateStatus", status);
    if (status.equals("Failed")) {
      shown.put("LastUpdateStatusReasonCode", REASON_CODE);
      shown.put("LastUpdateStatusReason", REASON);
    }
  }

  /** Who may not use the key of the variables is shown none of them, and told so. */
  private void showEnvironment(ObjectNode shown, Map<String, String> environment) {
    String hidden = tempo.end("GetFunctionConfiguration");
    if (!hidden.isEmpty()) {
      shown
          .putObject("Environment")
          .putObject("Error")
          .put("ErrorCode", hidden)
          .put("Message", "Lambda was unable to decrypt your environment variables.");
    } else if (!environment.isEmpty()) {
      ObjectNode variables = shown.putObject("Environment").putObject("Variables");
      environment.forEach(variables::put);
    }
  }
}
