package io.rekindle.plan;

import io.rekindle.plan.Region.Side;
import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Source;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.value.Cron;
import io.rekindle.plan.value.Name;
import io.rekindle.plan.value.RegionName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How one application is recovered in another Region, and how it comes back. One file. */
public record Plan(
    @Says("The application's name; the workflow that recovers it is failover/<application>.")
        Name application,
    @Says("Who answers for the plan.") @Nullable String owner,
    @Says("Where the application runs, and where it is recovered.") Regions regions,
    @Says("How fast and with how little loss it must be back.") @Nullable Objectives objectives,
    @Says("Values that are given when a run starts, by name.") Map<String, Parameter> parameters,
    @Says("What holds data, and which step brings it back.") List<Store> stores,
    @Written("notify")
        @Says("Who is told when a gate opens, a step blocks, the run recovers or ends.")
        List<Notice> notices,
    @Says("Evidence for the people who decide.") @Nullable Assess assess,
    @Says("The steps that recover the application.") @AtLeast(1) List<Step> failover,
    @Says("The steps that bring it back to the primary Region.") List<Step> failback,
    @Says("Rehearsals on isolated copies, on a schedule.") List<Drill> drills,
    @Source Node.Fields source) {

  public record Regions(
      @Says("Where the application runs every day.") Region primary,
      @Says("Where it is recovered; the first of several is the default.") @OneOrMany @AtLeast(1)
          List<Region> recovery) {

    public List<String> recoveryNames() {
      return recovery.stream().map(region -> region.region().value()).toList();
    }

    /** The recovery Region of that name, or else the first. */
    public Region recoveryNamed(@Nullable String name) {
      return recovery.stream()
          .filter(region -> region.region().value().equals(name))
          .findFirst()
          .orElse(recovery.getFirst());
    }
  }

  public record Objectives(
      @Says("The longest time from impact to serving again.") @Nullable Duration rto,
      @Says("The largest loss of data, as time.") @Nullable Duration rpo) {}

  public record Store(
      @Says("The store's name.") String id,
      @Says("The failover step that brings its data back.") @Nullable String step,
      @Says("How often a copy is made, where copies are made at intervals.")
          @Nullable Duration every,
      @Says("none, where there is no copy.") @Nullable Copy copy,
      @Says("Why having no copy is acceptable.") @Nullable String accepted,
      @Source Node.Fields source) {
    public enum Copy {
      NONE
    }
  }

  public record Assess(
      @Says("How many probes must fail for the evidence to count as an outage.")
          @Default("1")
          @AtLeast(1)
          int quorum,
      @Says("What is looked at, all at once.") @AtLeast(1) List<Evidence> probes,
      @Source Node.Fields source) {}

  public record Evidence(
      @Says("The probe's name, unique in the plan.") String id,
      @Says("The kind of probe.") String uses,
      @Says("Where it looks: primary or recovery; the default is recovery.") @Nullable Side region,
      @Says("What the kind needs to know.") Node with,
      @Source Node.Fields source)
      implements Use {}

  public record Notice(
      @Says("The kind of message.") String uses,
      @Says("Where it is sent: primary or recovery; the default is recovery.")
          @Nullable Side region,
      @Says("What the kind needs to know.") Node with,
      @Source Node.Fields source)
      implements Use {}

  public record Drill(
      @Says("The drill's name, unique in the plan.") String name,
      @Says("When it runs, as five cron fields.") Cron cron,
      @Says("The time zone of the cron fields.") @Default("UTC") ZoneId timeZone,
      @Says("Which failover steps to rehearse; all that a drill may run when not written.")
          List<String> steps,
      @Says("Values laid over the Region's, such as an isolated subnet group.")
          Map<String, String> values,
      @Says("Values of parameters.") Map<String, Node> set,
      @Says("Which recovery Region to rehearse in; the first when not written.")
          @Nullable RegionName region,
      @Says("Only check readiness: change nothing at all.") boolean check,
      @Says("Whether people do their tasks in it; without it tasks are left out.") boolean ask,
      @Source Node.Fields source) {}

  /** The part of a plan a step stands in. */
  public enum Section {
    FAILOVER(Side.RECOVERY),
    FAILBACK(Side.PRIMARY);

    private final Side side;

    Section(Side side) {
      this.side = side;
    }

    /** Where its steps act unless they say otherwise. */
    public Side side() {
      return side;
    }
  }

  public List<Step> steps(Section section) {
    return switch (section) {
      case FAILOVER -> failover;
      case FAILBACK -> failback;
    };
  }

  /** A step of either section. */
  public Optional<Step> step(String id) {
    return Stream.of(failover, failback)
        .flatMap(List::stream)
        .filter(step -> step.id().equals(id))
        .findFirst();
  }

  public Optional<Drill> drill(String named) {
    return drills.stream().filter(drill -> drill.name().equals(named)).findFirst();
  }

  public List<Evidence> probes() {
    return assess == null ? List.of() : assess.probes();
  }

  /** Every spot where a kind is used. */
  public Stream<Use> uses() {
    return Stream.of(notices, probes(), failover, failback).flatMap(List::stream);
  }
}
