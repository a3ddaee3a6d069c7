package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.BeanContext;
import io.rekindle.action.Inventory;
import io.rekindle.action.Inventory.Leftover;
import io.rekindle.action.Inventory.Premises;
import io.rekindle.action.Marks;
import io.rekindle.action.aws.dns.NameServers;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.net.Trust;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.compute.Ecs;
import io.rekindle.plan.step.compute.Eks;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.simulator.fault.Aim;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** What a drill left is what is there, was not before, and is nobody else's. */
@ExtendWith(SimulatedAws.class)
class DrillInventoryTest {
  private static final String RUN = "d1d2d3";
  private static final Premises HERE =
      new Premises(
          "shop",
          RUN,
          RecordingHandler.HERE,
          null,
          new TreeSet<>(
              Stream.of(
                      Rds.RestoreInstance.class, Secrets.SyncFromRds.class, Ecs.ScaleService.class)
                  .map(kind -> Kinds.of(kind).name())
                  .toList()),
          false);
  private static final BeanContext BEANS = beans();

  private final List<TestActivityEnvironment> environments = new ArrayList<>();

  private static BeanContext beans() {
    BeanContext beans = BeanContext.run();
    beans.registerSingleton(new Pace(0));
    beans.registerSingleton(NameServers.OF_THE_INTERNET);
    beans.registerSingleton(Trust.OF_JAVA);
    return beans;
  }

  @AfterAll
  static void end() {
    BEANS.close();
  }

  @AfterEach
  void close() {
    environments.forEach(TestActivityEnvironment::close);
  }

  /** Answers at once. */
  private Inventory inventory() {
    return inventory(0);
  }

  private Inventory inventory(int looks) {
    DrillInventory inventory =
        new DrillInventory(
            List.copyOf(BEANS.getBeansOfType(Shelf.class)),
            BEANS.getBean(AwsClients.class),
            BEANS.getBean(Pace.class),
            looks);
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    environment.registerActivitiesImplementations(inventory);
    environments.add(environment);
    return environment.newActivityStub(
        Inventory.class,
        ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(2)).build());
  }

  private static RdsClient rds() {
    return RdsClient.builder()
        .region(Region.of(RecordingHandler.HERE))
        .endpointOverride(SimulatedAws.aws().endpoint())
        .build();
  }

  private static void instance(String name, Map<String, String> tags) {
    try (RdsClient rds = rds()) {
      SimulatedAws.aws()
          .tempo()
          .instantly(() ->
              rds.createDBInstance(request ->
                  request
                      .dbInstanceIdentifier(name)
                      .engine("mysql")
                      .dbInstanceClass("db.t3.micro")
                      .allocatedStorage(20)
                      .masterUsername("admin")
                      .masterUserPassword("first-password")
                      .tags(ofRds(tags))));
    }
  }

  private static List<Tag> ofRds(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private static List<String> instances() {
    try (RdsClient rds = rds()) {
      return rds.describeDBInstances().dbInstances().stream()
          .filter(each -> !each.dbInstanceStatus().equals("deleting"))
          .map(each -> each.dbInstanceIdentifier())
          .toList();
    }
  }

  private static Map<String, String> tags(String run, Duration age) {
    return new TreeMap<>(
        Map.of(
            "rekindle:application", "shop",
            "rekindle:run", run,
            "rekindle:step", "database",
            "rekindle:generation", "1",
            "rekindle:drill", "true",
            "rekindle:expires", Instant.now().minus(age).toString()));
  }

  private List<String> leftSince(Marks before) {
    return inventory().findLeftovers(HERE, before).stream().map(Leftover::what).toList();
  }

  @Test
  void whatWasThereBeforeIsNotLeft() {
    instance("orders", Map.of());
    assertThat(leftSince(inventory().takeInventory(HERE))).isEmpty();
  }

  @Test
  void whatIsNewIsLeftWhateverItIsCalledAndWithoutTags() {
    Marks before = inventory().takeInventory(HERE);
    instance("anything", Map.of());
    try (SecretsManagerClient secrets =
        SecretsManagerClient.builder()
            .region(Region.of(RecordingHandler.HERE))
            .endpointOverride(SimulatedAws.aws().endpoint())
            .build()) {
      secrets.createSecret(request ->
          request
              .name("forgotten")
              .secretString("x")
              .clientRequestToken("0123456789abcdef0123456789abcdef"));
    }
    assertThat(leftSince(before))
        .containsExactly("DB instance anything, available", "secret forgotten");
  }

  @Test
  void itSaysWhatALeftoverCostsADay() {
    Marks before = inventory().takeInventory(HERE);
    instance("anything", Map.of());
    assertThat(inventory().findLeftovers(HERE, before))
        .extracting(Leftover::costs)
        .containsExactly("about $0.48 a day");
  }

  @Test
  void whatAnotherRunMadeIsForThatRunToTakeAway() {
    Marks before = inventory().takeInventory(HERE);
    instance("drill-another-orders", tags("ffffff", Duration.ofDays(-1)));
    assertThat(leftSince(before)).isEmpty();
  }

  /** The emulator takes one of every new instance. */
  @Test
  void whatAwsBacksUpByItselfBelongsToWhatItBacksUp() {
    String ours = "drill-" + RUN + "-orders";
    instance("orders", Map.of());
    instance(ours, Map.of());
    String arn = "arn:aws:rds:us-west-2:123456789012:db:";
    assertThat(leftSince(Marks.of(Stream.of(arn + "orders", arn + ours))))
        .singleElement()
        .asString()
        .startsWith("DB snapshot rds:" + ours);
  }

  @Test
  void whatCarriesItsTagsIsFoundInWhateverService() {
    Marks before = inventory().takeInventory(HERE);
    Map<String, String> tags = tags(RUN, Duration.ofDays(-1));
    try (SnsClient sns =
        SnsClient.builder()
            .region(Region.of(RecordingHandler.HERE))
            .endpointOverride(SimulatedAws.aws().endpoint())
            .build()) {
      sns.createTopic(request ->
          request
              .name("left")
              .tags(
                  tags.entrySet().stream()
                      .map(tag ->
                          software.amazon.awssdk.services.sns.model.Tag.builder()
                              .key(tag.getKey())
                              .value(tag.getValue())
                              .build())
                      .toList()));
    }
    assertThat(leftSince(before)).containsExactly("arn:aws:sns:us-west-2:123456789012:left");
  }

  /** Others scale it too, so it tells of a drill only where that one may not remember. */
  @Test
  void aServiceThatRunsTasksNowIsNamedWhereTheDrillFoundItAsItWantsIt() {
    try (EcsClient ecs =
        EcsClient.builder()
            .region(Region.of(RecordingHandler.HERE))
            .endpointOverride(SimulatedAws.aws().endpoint())
            .build()) {
      // The emulator stumbles over a cluster without tags.
      ecs.createCluster(it -> it.clusterName("shop").tags(tag -> tag.key("team").value("shop")));
      ecs.registerTaskDefinition(it ->
          it.family("web").containerDefinitions(each -> each.name("web").image("web").memory(64)));
      ecs.createService(
          it -> it.cluster("shop").serviceName("web").taskDefinition("web").desiredCount(0));
      Marks before = inventory().takeInventory(HERE);
      ecs.updateService(it -> it.cluster("shop").service("web").desiredCount(2));
      assertThat(leftSince(before)).isEmpty();
      assertThat(inventory().findLeftovers(HERE.withSomethingAsFound(), before))
          .extracting(Leftover::what)
          .containsExactly("tasks of the ECS service shop/web");
    }
  }

  /** A cluster autoscaler moves the desired size, but never the least. */
  @Test
  void aNodeGroupThatWasNotPutBackIsNamedWithItsSizes() {
    Premises premises =
        new Premises(
            "shop",
            RUN,
            RecordingHandler.HERE,
            null,
            new TreeSet<>(List.of(Kinds.of(Eks.ScaleNodegroup.class).name())),
            true);
    try (EksClient eks =
        EksClient.builder()
            .region(Region.of(RecordingHandler.HERE))
            .endpointOverride(SimulatedAws.aws().endpoint())
            .build()) {
      String role = "arn:aws:iam::123456789012:role/eks";
      eks.createCluster(
          it -> it.name("shop").roleArn(role).resourcesVpcConfig(vpc -> vpc.subnetIds("subnet-1")));
      eks.createNodegroup(it ->
          it.clusterName("shop")
              .nodegroupName("web")
              .nodeRole(role)
              .subnets("subnet-1")
              .instanceTypes("t3.medium")
              .scalingConfig(sizes -> sizes.minSize(1).maxSize(8).desiredSize(1)));
      SimulatedAws.pass(Duration.ofMinutes(20));
      Marks before = inventory().takeInventory(premises);
      resize(eks, 1, 4);
      assertThat(inventory().findLeftovers(premises, before)).isEmpty();
      resize(eks, 2, 4);
      assertThat(inventory().findLeftovers(premises, before))
          .containsExactly(
              new Leftover(
                  "instances of the EKS node group shop/web, min 2, max 8, desired 4",
                  "about $3.99 a day"));
    }
  }

  private static void resize(EksClient eks, int min, int desired) {
    eks.updateNodegroupConfig(it ->
        it.clusterName("shop")
            .nodegroupName("web")
            .scalingConfig(sizes -> sizes.minSize(min).maxSize(8).desiredSize(desired)));
    SimulatedAws.pass(Duration.ofMinutes(20));
  }

  /** AWS's lists lag behind what it deletes. */
  @Test
  void itLooksAgainBeforeItSaysThatSomethingIsLeft() {
    Marks before = inventory().takeInventory(HERE);
    instance("drill-" + RUN + "-orders", tags(RUN, Duration.ofDays(-1)));
    assertThatThrownBy(() -> inventory(2).findLeftovers(HERE, before))
        .isInstanceOf(ActivityFailure.class)
        .hasStackTraceContaining("still there: DB instance drill-" + RUN + "-orders");
  }

  @Test
  void whatHasExpiredOfARunThatIsGoneIsTakenAwayByItsTagsAlone() {
    instance("drill-old-orders", tags("aaaaaa", Duration.ofHours(1)));
    instance("drill-open-orders", tags("bbbbbb", Duration.ofHours(1)));
    instance("drill-young-orders", tags("cccccc", Duration.ofHours(-1)));
    instance("drill-looks-like-one", Map.of());
    assertThat(inventory().findExpired(HERE)).containsExactly("aaaaaa", "bbbbbb");
    assertThat(inventory().removeExpired(HERE, Set.of("aaaaaa")))
        .containsExactly("DB instance drill-old-orders, available");
    assertThat(instances())
        .containsExactlyInAnyOrder(
            "drill-open-orders", "drill-young-orders", "drill-looks-like-one");
  }

  @Test
  void anExpiredClusterIsTakenAwayWithItsSnapshots() {
    List<Tag> expired = ofRds(tags("aaaaaa", Duration.ofHours(1)));
    try (RdsClient rds = rds()) {
      SimulatedAws.aws()
          .tempo()
          .instantly(() -> {
            rds.createDBCluster(request ->
                request
                    .dbClusterIdentifier("drill-old-ledger")
                    .engine("aurora-postgresql")
                    .masterUsername("master")
                    .masterUserPassword("first-password")
                    .tags(expired));
            return rds.createDBClusterSnapshot(request ->
                request
                    .dbClusterIdentifier("drill-old-ledger")
                    .dbClusterSnapshotIdentifier("drill-old-final")
                    .tags(expired));
          });
      assertThat(inventory().removeExpired(HERE, Set.of("aaaaaa")))
          .containsExactlyInAnyOrder(
              "DB cluster drill-old-ledger, available",
              "DB cluster snapshot drill-old-final, available");
      SimulatedAws.pass(Duration.ofHours(1));
      assertThat(rds.describeDBClusters().dbClusters()).isEmpty();
      assertThat(rds.describeDBClusterSnapshots().dbClusterSnapshots()).isEmpty();
    }
  }

  @Test
  void whatIsNotPermittedIsSaid() {
    SimulatedAws.aws()
        .faults()
        .refuse(
            Aim.at("secretsmanager", "ListSecrets"), 400, "AccessDeniedException", "not allowed");
    assertThatThrownBy(() -> inventory().takeInventory(HERE))
        .isInstanceOf(ActivityFailure.class)
        .hasStackTraceContaining(
            "the inventory of the drill could not ListSecrets (SecretsManager in us-west-2): AWS"
                + " answered AccessDeniedException, \"not allowed\".");
  }

  @Test
  void whatDrillsMakeHasAShelf() {
    List<Class<?>> handled =
        BEANS.getBeansOfType(ActionHandler.class).stream()
            .<Class<?>>map(ActionHandler::declaration)
            .toList();
    assertThat(Kinds.all())
        .filteredOn(kind -> handled.contains(kind.type()) && isDrilled(kind))
        .filteredOn(kind -> !isInsideACluster(kind))
        .isNotEmpty()
        .allMatch(DrillInventoryTest::hasAShelf);
  }

  /** AWS lists the nodes of a cluster, and nothing of what runs on them. */
  private static boolean isInsideACluster(Kind kind) {
    return kind.type() == Kubernetes.Scale.class;
  }

  private static boolean isDrilled(Kind kind) {
    return switch (kind.facts().drill()) {
      case ISOLATED, IN_PLACE -> !kind.looksOnly() && !kind.isGlobal();
      case LEFT_OUT, REFUSED -> false;
    };
  }

  private static boolean hasAShelf(Kind kind) {
    return BEANS.getBeansOfType(Shelf.class).stream()
        .flatMap(shelf -> shelf.services().stream())
        .anyMatch(service -> service.isAssignableFrom(kind.type()));
  }
}
