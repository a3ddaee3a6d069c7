package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.step.Control;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.plan.step.compute.Pipeline;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.AuroraGlobal;
import io.rekindle.plan.step.data.AuroraSnapshots;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.plan.step.data.RdsSnapshots;
import io.rekindle.plan.step.proof.Verify;
import io.rekindle.plan.step.proof.VerifyData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example plans are good, recover in the right order, overlap, and come back without losing
 * anything.
 */
class ExamplesTest {
  private static final Path FOLDER = Path.of("../examples");
  private static final List<String> WITH_RESTORED_STORE =
      List.of("visitor-counter", "pilot-light-service", "aurora-serverless");

  private static Plan plan(String name) {
    PlanReader.Reading reading = PlanReader.read(FOLDER.resolve(name + ".yaml"));
    assertThat(reading.problems()).isEmpty();
    return reading.plan().orElseThrow();
  }

  private static Stream<Plan> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.replace(".yaml", ""))
          .sorted()
          .toList()
          .stream()
          .map(ExamplesTest::plan);
    }
  }

  private static Stream<Plan> withRestoredStore() {
    return WITH_RESTORED_STORE.stream().map(ExamplesTest::plan);
  }

  @Test
  void thereIsOneForEachSystem() throws IOException {
    assertThat(all().map(plan -> plan.application().value()))
        .containsExactly(
            "aurora-serverless",
            "iot-frugal",
            "iot-multi-region",
            "pilot-light-service",
            "visitor-counter");
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachHasStoresEvidenceFailoverFailbackAndDrills(Plan plan) {
    assertThat(plan.stores()).isNotEmpty();
    assertThat(plan.probes()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(plan.failover()).hasSizeGreaterThan(5);
    assertThat(plan.failback()).hasSizeGreaterThan(5);
    assertThat(plan.drills()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachOverlapsWhatIsIndependent(Plan plan) {
    for (Section section : Section.values()) {
      StepGraph graph = StepGraph.of(plan.steps(section));

      assertThat(pairs(graph).filter(pair -> graph.canOverlap(pair.one().id(), pair.other().id())))
          .as("%s of %s", section, plan.application())
          .isNotEmpty();
    }
  }

  private record Pair(Step one, Step other) {}

  private static Stream<Pair> pairs(StepGraph graph) {
    return graph.steps().stream()
        .flatMap(one -> graph.steps().stream().map(other -> new Pair(one, other)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachMovesTrafficOnlyAfterItVerifiedAndVerifiesAgain(Plan plan) {
    for (Section section : Section.values()) {
      StepGraph graph = StepGraph.of(plan.steps(section));
      assertThat(chain(graph, is(Control.Approval.class), verify(), traffic(), verify()))
          .as("%s of %s", section, plan.application())
          .isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("withRestoredStore")
  void failoverScalesComputeOnlyAfterTheDataIsBackAndChecked(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failover());
    List<Step> verifiedData = graph.steps().stream().filter(is(Verify.Sql.class)).toList();

    assertThat(graph.steps().stream().filter(role(Role.COMPUTE).and(in(plan, Side.RECOVERY))))
        .as("compute of %s", plan.application())
        .anySatisfy(compute ->
            assertThat(verifiedData).anyMatch(data -> graph.isBefore(data.id(), compute.id())));
  }

  /** Who is busy in an outage may be late, and the data and compute that take longest are not. */
  @ParameterizedTest
  @MethodSource("all")
  void noTaskHoldsUpDataOrComputeOfTheFailover(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failover());

    assertThat(graph.steps().stream().filter(is(Control.Task.class)))
        .allSatisfy(task ->
            assertThat(graph.steps().stream().filter(role(Role.DATA).or(role(Role.COMPUTE))))
                .noneMatch(step -> graph.isBefore(task.id(), step.id())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"visitor-counter", "pilot-light-service", "iot-frugal"})
  void whatTheirPlaybooksLeaveToPeopleIsATask(String name) {
    assertThat(plan(name).failover().stream().filter(is(Control.Task.class))).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("withRestoredStore")
  void failbackLosesNothing(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failback());
    List<Predicate<Step>> bySnapshot =
        List.of(
            is(RdsSnapshots.Snapshot.class, AuroraSnapshots.Snapshot.class)
                .and(in(plan, Side.RECOVERY)),
            is(RdsSnapshots.CopySnapshot.class, AuroraSnapshots.CopySnapshot.class)
                .and(in(plan, Side.PRIMARY)),
            restore().and(in(plan, Side.PRIMARY)));
    List<Predicate<Step>> byReplica =
        List.of(
            is(Verify.Sql.class, VerifyData.Tables.class).and(in(plan, Side.RECOVERY)),
            is(RdsReplicas.PromoteReplica.class).and(in(plan, Side.PRIMARY)));

    assertThat(
            chain(graph, List.of(), home(plan, bySnapshot))
                .or(() -> chain(graph, List.of(), home(plan, byReplica))))
        .as("the way back of %s", plan.application())
        .isPresent();
  }

  /** The whole way back, with one of the ways to bring the data home. */
  private static List<Predicate<Step>> home(Plan plan, List<Predicate<Step>> data) {
    List<Predicate<Step>> links = new ArrayList<>();
    links.add(is(Control.Approval.class));
    links.add(role(Role.COMPUTE).and(in(plan, Side.RECOVERY)));
    links.add(is(Verify.Metric.class));
    links.add(is(Rds.Isolate.class, Aurora.Isolate.class).and(in(plan, Side.RECOVERY)));
    links.addAll(data);
    links.add(is(Verify.Sql.class, VerifyData.Tables.class).and(in(plan, Side.PRIMARY)));
    links.add(role(Role.COMPUTE).and(in(plan, Side.PRIMARY)));
    links.add(verify());
    links.add(traffic());
    links.add(verify());
    links.add(protects(plan));
    links.add(deletion().and(in(plan, Side.RECOVERY)));
    return List.copyOf(links);
  }

  /** A load balancer without a target counts no requests: zero of them proves nothing. */
  @ParameterizedTest
  @MethodSource("all")
  void noDrainIsProvedByRequestsThatOnlyATargetCounts(Plan plan) {
    assertThat(
            Stream.concat(plan.failover().stream(), plan.failback().stream())
                .filter(is(Verify.Metric.class))
                .map(step -> step.with().toString()))
        .noneMatch(with -> with.contains("RequestCount"));
  }

  /** Nothing is removed while users, or what they wrote last, may still be there. */
  @ParameterizedTest
  @MethodSource("all")
  void removesOnlyWhatNobodyAsksAnyMoreAndWhatIsProtectedElsewhere(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failback());

    assertThat(graph.steps().stream().filter(deletion()))
        .allSatisfy(removal ->
            assertThat(graph.steps().stream().filter(traffic().or(drained()).or(protects(plan))))
                .isNotEmpty()
                .allMatch(before -> graph.isBefore(before.id(), removal.id())));
  }

  /** What brings data back to the Region that served. */
  private static Predicate<Step> protects(Plan plan) {
    return is(
            RdsSnapshots.CopySnapshot.class,
            AuroraSnapshots.CopySnapshot.class,
            RdsReplicas.CreateReplica.class,
            AuroraGlobal.AddRegion.class)
        .and(in(plan, Side.RECOVERY));
  }

  private static Predicate<Step> deletion() {
    return is(Rds.DeleteInstance.class, Aurora.DeleteCluster.class, Cfn.DeleteStack.class);
  }

  /** A restore touches nothing that serves; a Region that answers slowly must not hold it up. */
  @ParameterizedTest
  @MethodSource("withRestoredStore")
  void noFenceHoldsUpARestore(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failover());

    assertThat(graph.steps().stream().filter(restore()))
        .isNotEmpty()
        .allSatisfy(restore ->
            assertThat(graph.steps().stream().filter(Step::fence))
                .noneMatch(fence -> graph.isBefore(fence.id(), restore.id())));
  }

  /** Two sides that serve at once are worse than none. */
  @ParameterizedTest
  @MethodSource("all")
  void whatServesWaitsForEveryFence(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failover());
    Predicate<Step> serves =
        role(Role.COMPUTE)
            .or(is(RdsReplicas.PromoteReplica.class, AuroraGlobal.GlobalFailover.class))
            .or(traffic());

    assertThat(
            graph.steps().stream()
                .filter(serves)
                .filter(step -> !step.fence() && !kind(step).changes().isEmpty()))
        .isNotEmpty()
        .allSatisfy(serving ->
            assertThat(graph.steps().stream().filter(Step::fence))
                .allMatch(fence -> graph.isBefore(fence.id(), serving.id())));
  }

  /** Later copies of an RDS database hold only what has changed since the one before. */
  @ParameterizedTest
  @MethodSource("withRestoredStore")
  void theLongCopyIsMadeBeforeTheApplicationCloses(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failback());
    Predicate<Step> copyHome = is(RdsSnapshots.CopySnapshot.class).and(in(plan, Side.PRIMARY));
    Predicate<Step> closing =
        role(Role.COMPUTE)
            .and(in(plan, Side.RECOVERY))
            .and(step -> !kind(step).changes().isEmpty());

    if (graph.steps().stream().anyMatch(copyHome)) {
      assertThat(chain(graph, copyHome, closing, copyHome)).isPresent();
    }
  }

  private static Predicate<Step> restore() {
    return is(Rds.RestoreInstance.class, Aurora.RestoreCluster.class, Backup.Restore.class);
  }

  /** Writers stop before the freeze, and the comparison reads the frozen database. */
  @ParameterizedTest
  @MethodSource("withRestoredStore")
  void failbackComparesWithTheFrozenDatabase(Plan plan) {
    StepGraph graph = StepGraph.of(plan.failback());
    Optional<List<Step>> compared =
        chain(
            graph,
            is(Rds.Isolate.class, Aurora.Isolate.class).and(in(plan, Side.RECOVERY)),
            is(Verify.Sql.class, VerifyData.Tables.class).and(in(plan, Side.RECOVERY)),
            is(Verify.Sql.class, VerifyData.Tables.class)
                .and(in(plan, Side.PRIMARY))
                .and(step -> step.with().toString().contains("${")));

    assertThat(compared).as("comparison of %s", plan.application()).isPresent();
    List<Step> steps = compared.orElseThrow();
    assertThat(steps.getLast().with().toString())
        .containsPattern("\\$\\{" + steps.get(1).id() + "\\.(value|tables)}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"OUTAGE", "PLANNED"})
  void theFrugalPlatformReturnsThroughItsPrimaryPipelineBeforeItsCopyIsRemoved(Mode mode) {
    Plan plan = plan("iot-frugal");
    StepGraph graph =
        StepGraph.of(plan.failback()).only(Selection.of(plan, mode, Map.of(), Set.of())::takes);

    assertThat(
            chain(
                graph,
                is(Control.Approval.class),
                is(Pipeline.Run.class).and(in(plan, Side.PRIMARY)),
                verify(),
                traffic(),
                verify(),
                is(Cfn.DeleteStack.class).and(in(plan, Side.RECOVERY))))
        .isPresent();
    assertThat(graph.steps().stream().filter(is(Cfn.DeleteStack.class)))
        .allSatisfy(removed ->
            assertThat(graph.steps().stream().filter(traffic()))
                .allMatch(moved -> graph.isBefore(moved.id(), removed.id())));
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void thePilotLightCoversEveryPlatformByAParameter(String platform) {
    Plan plan = plan("pilot-light-service");
    Selection selection = Selection.of(plan, Mode.OUTAGE, Map.of("platform", platform), Set.of());

    assertThat(plan.parameters())
        .hasEntrySatisfying(
            "platform", parameter -> assertThat(parameter.values()).contains(platform));
    for (Section section : Section.values()) {
      assertThat(
              plan.steps(section).stream()
                  .filter(selection::takes)
                  .filter(step -> kind(step).service().equals(platform)))
          .as("%s steps of %s", platform, section)
          .isNotEmpty();
    }
  }

  private static Stream<String> platforms() {
    return Stream.of("ecs", "eks", "kubernetes");
  }

  private static Kind kind(Step step) {
    return Kinds.named(step.uses()).orElseThrow();
  }

  @SafeVarargs
  private static Predicate<Step> is(Class<? extends Record>... types) {
    return step -> Set.of(types).contains(kind(step).type());
  }

  private static Predicate<Step> role(Role role) {
    return step -> kind(step).hasRole(role);
  }

  private static Predicate<Step> verify() {
    return role(Role.VERIFY);
  }

  private static Predicate<Step> traffic() {
    return Step::movesTraffic;
  }

  private static Predicate<Step> drained() {
    return is(Verify.Metric.class, Control.Wait.class);
  }

  private static Predicate<Step> in(Plan plan, Side side) {
    return step ->
        !kind(step).isGlobal()
            && (step.region() == null
                    ? plan.failback().contains(step) ? Side.PRIMARY : Side.RECOVERY
                    : step.region())
                == side;
  }

  /** Steps of these kinds of which each is done before the next begins. */
  @SafeVarargs
  private static Optional<List<Step>> chain(StepGraph graph, Predicate<Step>... links) {
    return chain(graph, List.of(), List.of(links));
  }

  private static Optional<List<Step>> chain(
      StepGraph graph, List<Step> found, List<Predicate<Step>> left) {
    if (left.isEmpty()) {
      return Optional.of(found);
    }
    return graph.steps().stream()
        .filter(left.getFirst())
        .filter(step -> found.isEmpty() || graph.isBefore(found.getLast().id(), step.id()))
        .map(step -> {
          List<Step> longer = new ArrayList<>(found);
          longer.add(step);
          return chain(graph, longer, left.subList(1, left.size()));
        })
        .flatMap(Optional::stream)
        .findFirst();
  }
}
