package io.rekindle.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a kind's handler: everything it may know.
 *
 * @param with what the step was given, with all expressions resolved
 * @param region where to act; empty for kinds that belong to no Region
 * @param near the recovery Region: kinds that belong to no Region take roles on there, and act in
 *     its partition
 * @param role the role to take on there
 * @param point which recovery point to use, for steps that bring data back
 * @param adopt whether what an earlier, ended run left under our name counts as ours
 * @param news what happened and what is waited for, for kinds that tell people
 * @param due the change to make; only for {@link Verb#APPLY}
 * @param made the changes that were begun, oldest first
 * @param answered the changes whose making was answered; without a guard this is all there is to
 *     know
 * @param receipts what AWS calls the changes that were answered, by change, where it gives them a
 *     name of its own
 * @param changed when the newest change was answered or given up
 * @param served whether something may have run on what it made, so that undo keeps its last state
 * @param planned whether both Regions are meant to work, so that nothing may be lost: in a planned
 *     failover, and on every way home
 * @param now the workflow's time
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ActionCall(
    String kind,
    JsonNode with,
    ActionKey key,
    boolean drill,
    String region,
    String near,
    @Nullable String role,
    Point point,
    boolean adopt,
    @Nullable String news,
    Observation.@Nullable Due due,
    List<Observation.Due> made,
    List<String> answered,
    Map<String, String> receipts,
    @Nullable Instant changed,
    boolean served,
    boolean planned,
    Instant now) {

  public ActionCall {
    point = point == null ? Point.NEWEST : point;
    made = made == null ? List.of() : List.copyOf(made);
    answered = answered == null ? List.of() : List.copyOf(answered);
    receipts = receipts == null ? Map.of() : Map.copyOf(receipts);
    region = region == null ? "" : region;
    near = near == null ? "" : near;
  }

  /**
   * Which recovery point to use: the one that was agreed on, or the newest that holds nothing later
   * than a time, or the newest of all.
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Point(@Nullable String id, @Nullable Instant before) {
    public static final Point NEWEST = new Point(null, null);
  }

  public Names names() {
    return new Names(key.run(), key.generation(), drill);
  }

  /** The same call for making one change. */
  public ActionCall applying(Observation.Due change) {
    return new ActionCall(
        kind, with, key, drill, region, near, role, point, adopt, news, change, made, answered,
        receipts, changed, served, planned, now);
  }

  /**
   * What makes a change the same change, however often it is asked for. Computed in the workflow,
   * from nothing that differs between attempts.
   *
   * @param generation raised only when a person asks to do it anew
   */
  public record ActionKey(String application, String run, String step, int generation) {
    public String of(String change) {
      return String.join("/", application, run, step, "g" + generation, change);
    }
  }

  /** The names of what a step creates: nobody else gives them. */
  public record Names(String run, int generation, boolean drill) {
    public String of(String target) {
      if (drill) {
        return "drill-" + run + "-" + target;
      }
      return target + "-" + run + (generation > 1 ? "-g" + generation : "");
    }
  }
}
