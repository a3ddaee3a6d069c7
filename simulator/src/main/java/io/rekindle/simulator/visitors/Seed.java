package io.rekindle.simulator.visitors;

import io.rekindle.plan.step.proof.VerifyCanary.CanaryTable;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Xml;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.w3c.dom.Document;

/**
 * Makes the world of the visitor counter: it serves in us-east-2 and is a pilot light in us-west-2.
 */
public final class Seed {
  private static final int VISITS = 42;
  private final Client primary;
  private final Client recovery;

  public Seed(Client client) {
    primary = client.in(World.PRIMARY);
    recovery = client.in(World.RECOVERY);
  }

  public World plant() {
    Estate east = SeededEstate.of(primary, "lampstack").plant("lampstack-private", 2);
    Estate west = SeededEstate.of(recovery, "lampstack-dr").plant("lampstack-dr", 0);
    Database live = Database.create(primary, "lampstack-db", "lampstack-private", east);
    Database pilot = Database.create(recovery, "lampstack-pilot", "lampstack-dr", west);
    live.keepIn(primary);
    pilot.keepIn(recovery);
    fill(live, VISITS);
    fill(pilot, 0);
    live.copyTo(recovery, west.key());
    return new World(primary.caller().account(), east, west, zone(east), healthCheck());
  }

  private static void fill(Database database, int visits) {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table visits (id int auto_increment primary key, at timestamp default now())");
      statement.execute("create table rekindle_canary " + CanaryTable.COLUMNS);
      for (int i = 0; i < visits; i++) {
        statement.execute("insert into visits () values ()");
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("No visits could be seeded: " + failed.getMessage(), failed);
    }
  }

  private String zone(Estate serving) {
    Document created =
        primary.route53(
            "POST",
            "/hostedzone",
            "CreateHostedZone",
            """
            <CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
            <Name>%s</Name><CallerReference>seed</CallerReference></CreateHostedZoneRequest>\
            """
                .formatted(World.DOMAIN));
    String id = Xml.text(Xml.all(created, "HostedZone").getFirst(), "Id");
    primary.route53(
        "POST",
        id + "/rrset",
        "ChangeResourceRecordSets",
        """
        <ChangeResourceRecordSetsRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
        <ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>%s</Name>\
        <Type>A</Type><AliasTarget><HostedZoneId>%s</HostedZoneId><DNSName>%s</DNSName>\
        <EvaluateTargetHealth>true</EvaluateTargetHealth></AliasTarget></ResourceRecordSet>\
        </Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>\
        """
            .formatted(World.NAME, serving.balancerZone(), serving.balancer()));
    return id.replace("/hostedzone/", "");
  }

  private String healthCheck() {
    Document created =
        primary.route53(
            "POST",
            "/healthcheck",
            "CreateHealthCheck",
            """
            <CreateHealthCheckRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">\
            <CallerReference>seed</CallerReference><HealthCheckConfig><Port>443</Port>\
            <Type>HTTPS</Type><ResourcePath>/health</ResourcePath>\
            <FullyQualifiedDomainName>%s</FullyQualifiedDomainName>\
            <RequestInterval>30</RequestInterval><FailureThreshold>3</FailureThreshold>\
            </HealthCheckConfig></CreateHealthCheckRequest>\
            """
                .formatted(World.NAME));
    return Xml.text(Xml.all(created, "HealthCheck").getFirst(), "Id");
  }
}
