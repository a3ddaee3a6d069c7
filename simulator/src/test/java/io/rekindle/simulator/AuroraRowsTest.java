package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.simulator.fake.BackupPoint;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;

/** Aurora clusters have real rows. */
@ExtendWith(HeldToTheContract.class)
class AuroraRowsTest {
  private static final Simulator SIMULATOR = Simulators.withDatabases();
  private static final String PASSWORD = "Passw0rd-'\\123";
  private static int account;
  private final Aws aws = Aws.of(SIMULATOR, "5000000000" + (10 + account++));
  private final RdsClient east = aws.client(RdsClient.builder());
  private final RdsClient west = aws.in(Aws.WEST).client(RdsClient.builder());

  @BeforeEach
  void aClusterWithTwoRows() throws SQLException {
    east.createDBCluster(it ->
        it.dbClusterIdentifier("ledger")
            .engine("aurora-postgresql")
            .databaseName("shop")
            .masterUsername("master")
            .storageEncrypted(true)
            .masterUserPassword(PASSWORD));
    add(east, "ledger", "ledger-1");
    change(url(east, "ledger"), "create table orders (id int primary key)");
    change(url(east, "ledger"), "insert into orders values (1), (2)");
  }

  private static void add(RdsClient in, String cluster, String name) {
    in.createDBInstance(it ->
        it.dbInstanceIdentifier(name)
            .dbClusterIdentifier(cluster)
            .engine("aurora-postgresql")
            .dbInstanceClass("db.serverless"));
  }

  private static void remove(RdsClient in, String name) {
    in.deleteDBInstance(it -> it.dbInstanceIdentifier(name).skipFinalSnapshot(true));
  }

  private static DBCluster cluster(RdsClient in, String name) {
    return in.describeDBClusters(it -> it.dbClusterIdentifier(name)).dbClusters().getFirst();
  }

  private static String url(RdsClient in, String name) {
    DBCluster cluster = cluster(in, name);
    return url(cluster.endpoint(), cluster.port());
  }

  private static String url(String host, int port) {
    return "jdbc:postgresql://%s:%d/shop?loginTimeout=2".formatted(host, port);
  }

  private static String memberUrl(RdsClient in, String name) {
    var endpoint =
        in.describeDBInstances(it -> it.dbInstanceIdentifier(name))
            .dbInstances()
            .getFirst()
            .endpoint();
    return url(endpoint.address(), endpoint.port());
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url, "master", PASSWORD);
  }

  private static void change(String url, String sql) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from orders")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static int count(String url) throws SQLException {
    try (Connection connection = connect(url)) {
      return count(connection);
    }
  }

  private void restore(String snapshot, String name) {
    west.restoreDBClusterFromSnapshot(it ->
        it.dbClusterIdentifier(name).snapshotIdentifier(snapshot).engine("aurora-postgresql"));
  }

  private String copied() {
    String key = aws.in(Aws.WEST).client(KmsClient.builder()).createKey().keyMetadata().arn();
    String source =
        east.createDBClusterSnapshot(
                it -> it.dbClusterIdentifier("ledger").dbClusterSnapshotIdentifier("nightly"))
            .dbClusterSnapshot()
            .dbClusterSnapshotArn();
    return west.copyDBClusterSnapshot(it ->
            it.sourceDBClusterSnapshotIdentifier(source)
                .targetDBClusterSnapshotIdentifier("nightly-copy")
                .sourceRegion("us-east-2")
                .kmsKeyId(key))
        .dbClusterSnapshot()
        .dbClusterSnapshotArn();
  }

  @Test
  void aRestoreInTheOtherRegionHoldsTheRowsOfTheMomentOfTheSnapshot() throws SQLException {
    String copy = copied();
    change(url(east, "ledger"), "insert into orders values (3)");
    restore(copy, "restored");
    add(west, "restored", "restored-1");
    assertThat(count(url(west, "restored"))).isEqualTo(2);
    change(url(west, "restored"), "insert into orders values (9)");
    assertThat(count(url(east, "ledger"))).isEqualTo(3);
  }

  @Test
  void aClusterWithoutAnInstanceAnswersNobody() throws SQLException {
    String url = url(east, "ledger");
    remove(east, "ledger-1");
    assertThatThrownBy(() -> count(url)).hasMessageContaining("refused");
    add(east, "ledger", "ledger-2");
    assertThat(url(east, "ledger")).isEqualTo(url);
    assertThat(count(url)).isEqualTo(2);
  }

  @Test
  void allInstancesGiveTheSameRows() throws SQLException {
    add(east, "ledger", "ledger-2");
    change(url(east, "ledger"), "insert into orders values (3)");
    assertThat(count(memberUrl(east, "ledger-1"))).isEqualTo(3);
    assertThat(count(memberUrl(east, "ledger-2"))).isEqualTo(3);
    remove(east, "ledger-1");
    assertThat(count(url(east, "ledger"))).isEqualTo(3);
  }

  @Test
  void aRestoreByAwsBackupHoldsTheRowsOfItsRecoveryPoint() throws SQLException {
    String arn = cluster(east, "ledger").dbClusterArn();
    east.createDBClusterSnapshot(
        it -> it.dbClusterIdentifier("ledger").dbClusterSnapshotIdentifier("hourly"));
    String snapshot = arn.replace(":cluster:ledger", ":cluster-snapshot:hourly");
    String point =
        SIMULATOR
            .vault("us-west-2", "ledger-dr")
            .keep(BackupPoint.copyOf(arn, Instant.parse("2026-01-31T03:00:00Z"), snapshot));
    change(url(east, "ledger"), "insert into orders values (3)");
    aws.in(Aws.WEST)
        .client(BackupClient.builder())
        .startRestoreJob(it ->
            it.recoveryPointArn(point)
                .iamRoleArn("arn:aws:iam::123456789012:role/restore")
                .resourceType("Aurora")
                .metadata(Map.of("DBClusterIdentifier", "job", "Engine", "aurora-postgresql")));
    add(west, "job", "job-1");
    assertThat(count(url(west, "job"))).isEqualTo(2);
  }

  @Test
  void aNewPasswordOfTheClusterReplacesTheOld() {
    east.modifyDBCluster(it -> it.dbClusterIdentifier("ledger").masterUserPassword("another-one"));
    assertThatThrownBy(() -> count(url(east, "ledger")))
        .hasMessageContaining("password authentication failed");
  }

  private String groupThatAdmitsNobody() {
    Ec2Client ec2 = aws.client(Ec2Client.builder());
    return ec2.createSecurityGroup(it -> it.groupName("nobody").description("nobody")).groupId();
  }

  /** Security groups track connections. */
  @Test
  void whoIsConnectedStaysWhenTheGroupsChangeAndGoesWithARestart() throws SQLException {
    String nobody = groupThatAdmitsNobody();
    try (Connection atCluster = connect(url(east, "ledger"));
        Connection atInstance = connect(memberUrl(east, "ledger-1"))) {
      east.modifyDBCluster(it -> it.dbClusterIdentifier("ledger").vpcSecurityGroupIds(nobody));
      assertThatThrownBy(() -> count(url(east, "ledger"))).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> count(memberUrl(east, "ledger-1"))).isInstanceOf(SQLException.class);
      assertThat(count(atCluster)).isEqualTo(2);
      assertThat(count(atInstance)).isEqualTo(2);
      east.rebootDBInstance(it -> it.dbInstanceIdentifier("ledger-1"));
      assertThatThrownBy(() -> count(atCluster)).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> count(atInstance)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aRenamedClusterKeepsItsInstancesItsPortAndItsRows() throws SQLException {
    String url = url(east, "ledger");
    east.modifyDBCluster(it ->
        it.dbClusterIdentifier("ledger").newDBClusterIdentifier("aside").applyImmediately(true));
    assertThat(url(east, "aside")).isEqualTo(url);
    assertThat(cluster(east, "aside").dbClusterMembers()).hasSize(1);
    assertThat(count(url(east, "aside"))).isEqualTo(2);
    remove(east, "ledger-1");
    assertThatThrownBy(() -> count(url)).hasMessageContaining("refused");
  }
}
