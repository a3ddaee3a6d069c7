package io.rekindle.simulator;

import static io.rekindle.simulator.RdsAccount.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.simulator.fake.BackupVault;
import io.rekindle.simulator.fault.Fault;
import io.rekindle.simulator.seed.Database;
import io.rekindle.simulator.seed.Engine;
import io.rekindle.simulator.wire.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Endpoint;

class DatabasesTest {
  private static final Simulator SIMULATOR = Simulators.withDatabases();
  private static final String PASSWORD = "Passw0rd-'\\123";
  private static int account;
  private final Aws aws = Aws.of(SIMULATOR, "4000000000" + (10 + account++));
  private final RdsClient east = aws.client(RdsClient.builder());
  private final RdsClient west = aws.in(Aws.WEST).client(RdsClient.builder());

  @BeforeEach
  void anInstanceWithTwoRows() throws SQLException {
    create(east, "orders");
    change(url(east, "orders"), PASSWORD, "create table visits (id int primary key)");
    change(url(east, "orders"), PASSWORD, "insert into visits values (1), (2)");
  }

  @Test
  void theEndpointThatIsDescribedReallyAnswers() throws SQLException {
    assertThat(count(url(east, "orders"), PASSWORD)).isEqualTo(2);
  }

  @Test
  void aRestoreInTheOtherRegionHoldsTheRowsOfTheMomentOfTheSnapshot() throws SQLException {
    snapshotAndCopy();
    change(url(east, "orders"), PASSWORD, "insert into visits values (3)");
    restore("orders-run");
    change(url(east, "orders"), PASSWORD, "insert into visits values (4)");
    assertThat(count(url(west, "orders-run"), PASSWORD)).isEqualTo(2);
    change(url(west, "orders-run"), PASSWORD, "insert into visits values (9)");
    assertThat(count(url(east, "orders"), PASSWORD)).isEqualTo(4);
  }

  @Test
  void aRestoreByAwsBackupHoldsTheRowsOfItsRecoveryPoint() throws SQLException {
    BackupVault vault = SIMULATOR.vault("us-west-2", "orders-dr");
    Client owner = Client.of(vault.cloud(), aws.account(), "us-east-2");
    Database.Sort sort =
        new Database.Sort(Engine.MYSQL, "8.0", "db.t3.micro", "", "visitors", "admin");
    String point = new Database(owner, sort, "orders", "", 0, PASSWORD).backUpTo(vault, "nightly");
    change(url(east, "orders"), PASSWORD, "insert into visits values (3)");
    aws.in(Aws.WEST)
        .client(BackupClient.builder())
        .startRestoreJob(it ->
            it.recoveryPointArn(point)
                .iamRoleArn("arn:aws:iam::123456789012:role/restore")
                .metadata(Map.of("DBInstanceIdentifier", "orders-run")));
    assertThat(count(url(west, "orders-run"), PASSWORD)).isEqualTo(2);
  }

  @Test
  void onlyTheMastersPasswordLetsInAndANewOneReplacesIt() throws SQLException {
    String url = url(east, "orders");
    assertThatThrownBy(() -> count(url, "guess")).hasMessageContaining("Access denied");
    east.modifyDBInstance(
        it -> it.dbInstanceIdentifier("orders").masterUserPassword("N3wPassw0rd"));
    assertThatThrownBy(() -> count(url, PASSWORD)).hasMessageContaining("Access denied");
    assertThat(count(url, "N3wPassw0rd")).isEqualTo(2);
  }

  @Test
  void instancesSeeOnlyTheirOwnRows() throws SQLException {
    create(west, "orders");
    assertThatThrownBy(() -> count(url(west, "orders"), PASSWORD))
        .hasMessageContaining("doesn't exist");
    assertThatThrownBy(() -> count(url(east, "orders").replace("/visitors", "/mysql"), PASSWORD))
        .hasMessageContaining("Access denied");
  }

  @Test
  void aRenamedInstanceKeepsItsRows() throws SQLException {
    east.modifyDBInstance(
        it -> it.dbInstanceIdentifier("orders").newDBInstanceIdentifier("orders-quarantine"));
    assertThat(count(url(east, "orders-quarantine"), PASSWORD)).isEqualTo(2);
  }

  @Test
  void aStoppedOrDeletedInstanceAnswersNobody() throws SQLException {
    String url = url(east, "orders");
    east.stopDBInstance(it -> it.dbInstanceIdentifier("orders"));
    assertThatThrownBy(() -> count(url, PASSWORD)).hasMessageContaining("refused");
    east.startDBInstance(it -> it.dbInstanceIdentifier("orders"));
    assertThat(count(url, PASSWORD)).isEqualTo(2);
    east.deleteDBInstance(it -> it.dbInstanceIdentifier("orders").skipFinalSnapshot(true));
    assertThatThrownBy(() -> count(url, PASSWORD)).hasMessageContaining("refused");
  }

  @Test
  void whoIsConnectedOutlivesTheSecurityGroupsButNotARestart() throws SQLException {
    String url = url(east, "orders");
    String nobody =
        aws.client(Ec2Client.builder())
            .createSecurityGroup(it -> it.groupName("nobody").description("admits nobody"))
            .groupId();
    try (Connection pooled = DriverManager.getConnection(url, "admin", PASSWORD)) {
      east.modifyDBInstance(it -> it.dbInstanceIdentifier("orders").vpcSecurityGroupIds(nobody));
      assertThat(pooled.isValid(1)).isTrue();
      assertThatThrownBy(() -> count(url, PASSWORD)).isInstanceOf(SQLException.class);
      assertThat(count(url + "?connectionAttributes=program_name:rekindle", PASSWORD)).isEqualTo(2);
      east.rebootDBInstance(it -> it.dbInstanceIdentifier("orders"));
      assertThat(pooled.isValid(1)).isFalse();
    }
    east.modifyDBInstance(it -> it.dbInstanceIdentifier("orders").vpcSecurityGroupIds("sg-9"));
    assertThat(count(url, PASSWORD)).isEqualTo(2);
  }

  @Test
  void theFinalSnapshotOfADeletedInstanceHoldsItsRows() throws SQLException {
    east.deleteDBInstance(
        it -> it.dbInstanceIdentifier("orders").finalDBSnapshotIdentifier("last"));
    east.restoreDBInstanceFromDBSnapshot(
        it -> it.dbInstanceIdentifier("again").dbSnapshotIdentifier("last"));
    assertThat(count(url(east, "again"), PASSWORD)).isEqualTo(2);
  }

  @Test
  void metricsCountWhoIsConnected() throws SQLException {
    assertThat(connections()).isZero();
    try (Connection guest = DriverManager.getConnection(url(east, "orders"), "admin", PASSWORD)) {
      assertThat(guest.isValid(1)).isTrue();
      assertThat(connections()).isEqualTo(1);
    }
    await(() -> connections() == 0);
  }

  private double connections() {
    return aws.client(CloudWatchClient.builder())
        .getMetricData(it ->
            it.startTime(Instant.now().minusSeconds(60))
                .endTime(Instant.now())
                .metricDataQueries(query ->
                    query
                        .id("m")
                        .metricStat(stat ->
                            stat.period(60)
                                .stat("Maximum")
                                .metric(metric ->
                                    metric
                                        .namespace("AWS/RDS")
                                        .metricName("DatabaseConnections")
                                        .dimensions(by ->
                                            by.name("DBInstanceIdentifier").value("orders"))))))
        .metricDataResults()
        .getFirst()
        .values()
        .getFirst();
  }

  @Test
  void aDarkRegionTakesItsDatabasesAlong() throws SQLException {
    String url = url(east, "orders");
    Fault dark = SIMULATOR.faults().dark("us-east-2");
    assertThatThrownBy(() -> count(url + "?connectTimeout=400&socketTimeout=400", PASSWORD))
        .isInstanceOf(SQLException.class);
    dark.end();
    assertThat(count(url, PASSWORD)).isEqualTo(2);
  }

  private void snapshotAndCopy() {
    east.createDBSnapshot(it -> it.dbInstanceIdentifier("orders").dbSnapshotIdentifier("s"));
    String key = aws.in(Aws.WEST).client(KmsClient.builder()).createKey().keyMetadata().arn();
    west.copyDBSnapshot(it ->
        it.sourceDBSnapshotIdentifier("arn:aws:rds:us-east-2:" + aws.account() + ":snapshot:s")
            .sourceRegion("us-east-2")
            .kmsKeyId(key)
            .targetDBSnapshotIdentifier("c"));
  }

  private void restore(String name) {
    west.restoreDBInstanceFromDBSnapshot(
        it -> it.dbInstanceIdentifier(name).dbSnapshotIdentifier("c"));
    await(() -> !url(west, name).isEmpty());
  }

  private static void create(RdsClient in, String name) {
    in.createDBInstance(it ->
        it.dbInstanceIdentifier(name)
            .engine("mysql")
            .dbName("visitors")
            .dbInstanceClass("db.t3.micro")
            .masterUsername("admin")
            .masterUserPassword(PASSWORD)
            .allocatedStorage(20)
            .storageEncrypted(true));
  }

  private static String url(RdsClient in, String name) {
    Endpoint endpoint =
        in.describeDBInstances(it -> it.dbInstanceIdentifier(name))
            .dbInstances()
            .getFirst()
            .endpoint();
    return "jdbc:mariadb://" + endpoint.address() + ":" + endpoint.port() + "/visitors";
  }

  private static void change(String url, String password, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "admin", password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(String url, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, "admin", password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from visits")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
