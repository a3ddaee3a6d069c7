package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.proof.Probe;
import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/** A Region tells its partition; nothing takes that of most Regions for that of all. */
@ExtendWith(SimulatedAws.class)
class NoPartitionIsAssumedTest {
  private static final String ROLE = "arn:aws-cn:iam::123456789012:role/dns";
  private final AwsClients clients = new AwsClients();

  @AfterEach
  void close() {
    clients.close();
  }

  /** Asks a service that belongs to no Region. */
  private static final class Asking implements LookingHandler<Probe.HealthCheck> {
    @Override
    public Class<Probe.HealthCheck> declaration() {
      return Probe.HealthCheck.class;
    }

    @Override
    public Observation observe(Work<Probe.HealthCheck> work) {
      work.client(Route53Client.class, Route53Client::builder).listHostedZones();
      return new Settled(Map.of());
    }

    @Override
    public void apply(Work<Probe.HealthCheck> work, Due due) {}

    @Override
    public Readiness check(Work<Probe.HealthCheck> work) {
      return new Readiness(true, "", null);
    }
  }

  @Test
  void everyRegionIsOfThePartitionThatTheSdkKnows() {
    assertThat(Region.regions())
        .filteredOn(region -> !region.isGlobalRegion())
        .isNotEmpty()
        .allSatisfy(region -> {
          RegionName name = new RegionName(region.id());
          PartitionMetadata partition = PartitionMetadata.of(region);
          assertThat(name.partition()).as(region.id()).isEqualTo(partition.id());
          assertThat(name.dnsSuffix()).as(region.id()).isEqualTo(partition.dnsSuffix());
        });
  }

  @Test
  void whatBelongsToNoRegionIsAskedInThePartitionOfTheRecoveryRegionWithItsOwnRole() {
    new StepDriver(
            new ActionDispatcher(List.of(new Asking()), clients, Pace.OF_AWS),
            Probe.HealthCheck.class,
            "{ id: '11111111-2222-3333-4444-555555555555', role: '%s' }".formatted(ROLE),
            "")
        .near("cn-north-1")
        .observe();
    assertThat(SimulatedAws.calls())
        .extracting(Call::operation, Call::region)
        .containsExactly(
            tuple("AssumeRole", "cn-north-1"), tuple("ListHostedZones", "aws-cn-global"));
    assertThat(SimulatedAws.calls().getLast().caller().role()).isEqualTo(ROLE);
  }

  @Test
  void everyKindThatBelongsToNoRegionTakesARole() {
    assertThat(Kinds.all().stream().filter(kind -> kind.isGlobal() && !kind.isControl()))
        .isNotEmpty()
        .allSatisfy(kind -> assertThat(Action.Anywhere.class).isAssignableFrom(kind.type()));
  }

  @Test
  void noProgramTextSpellsThePartitionOfAnArn() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      List<Path> sources =
          files
              .filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
              .filter(file -> !file.endsWith("Arn.java"))
              .toList();
      assertThat(sources).hasSizeGreaterThan(300);
      assertThat(sources)
          .allSatisfy(file ->
              assertThat(Files.readAllLines(file))
                  .as(file.toString())
                  .noneMatch(line -> line.contains("arn:aws:") && !line.strip().startsWith("*")));
    }
  }
}
