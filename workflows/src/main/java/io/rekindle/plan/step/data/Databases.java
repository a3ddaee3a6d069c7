package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.look;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.OneOrMany;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.DatabaseName;
import io.rekindle.plan.value.SnapshotName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the kinds of both database families share: fields, outputs, and what making them takes. */
public interface Databases {

  /** What RDS has, Aurora included. */
  interface OfRds extends Action.Listed {
    @Override
    default List<Permission> inventory(Realm at) {
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("rds:DescribeDBInstanceAutomatedBackups", at.arn("rds", "auto-backup:*")),
          look("rds:DescribeDBSnapshots", at.arn("rds", "snapshot:*")),
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          look("rds:DescribeDBClusterSnapshots", at.arn("rds", "cluster-snapshot:*")),
          look("rds:DescribeDBParameterGroups", at.arn("rds", "pg:*")),
          look("rds:DescribeDBClusterParameterGroups", at.arn("rds", "cluster-pg:*")),
          look("rds:DescribeDBSubnetGroups", at.arn("rds", "subgrp:*")));
    }
  }

  /** The range in which serverless instances of a cluster scale. */
  record Capacity(
      @Says(
              "The fewest capacity units (ACU) an instance keeps; a low floor is slow under the"
                  + " first load.")
          @AtLeast(0)
          @AtMost(256)
          BigDecimal min,
      @Says("The most capacity units (ACU) an instance may take.") @AtLeast(1) @AtMost(256)
          BigDecimal max) {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    public Capacity {
      if (min.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "capacity has a min of " + min + " above its max of " + max);
      }
      if (!inHalves(min) || !inHalves(max)) {
        throw new IllegalArgumentException("capacity goes in steps of 0.5");
      }
    }

    private static boolean inHalves(BigDecimal units) {
      return units.remainder(HALF).signum() == 0;
    }
  }

  /** Where an Aurora cluster is found, as outputs. */
  record ClusterAddress(
      @Like("{it}") Endpoints endpoints,
      @Says("Its ARN.") @Like("arn:{partition}:rds:{region}:{account}:cluster:{it}") Arn arn,
      @Says("Its port.") @Like("5432") int port) {

    /** The names that follow its writer and its readers. */
    public record Endpoints(
        @Says("The host name of its writer.") @Like("{it}.cluster-c0example.{region}.rds.{suffix}")
            String endpoint,
        @Says(
                "The host name that spreads over its readers; the writer answers where there are"
                    + " none.")
            @Like("{it}.cluster-ro-c0example.{region}.rds.{suffix}")
            String readerEndpoint) {}
  }

  /** Where a DB instance is found, as outputs. */
  record InstanceAddress(
      @Says("Its host name.") @Like("{it}.c0example.{region}.rds.{suffix}") String endpoint,
      @Says("Its ARN.") @Like("arn:{partition}:rds:{region}:{account}:db:{it}") Arn arn,
      @Says("Its port.") @Like("3306") int port) {}

  /** Where a database that is made in a Region stands. */
  record Network(
      @Says("The DB subnet group, in this Region.") String subnetGroup,
      @Says("The security groups, in this Region.") @OneOrMany @AtLeast(1)
          List<String> securityGroups) {

    String subnets(Realm at) {
      return at.arn("rds", "subgrp:" + subnetGroup);
    }

    /** The instances of a cluster of that target: they are called as it is, and numbered. */
    static String members(Realm at, DatabaseName target) {
      String cluster = at.named(target);
      return at.arn("rds", "db:" + cluster + (cluster.endsWith("*") ? "" : "-*"));
    }

    /** What adding instances to a cluster of that target takes. */
    Permission addInstances(
        Action.Change change, Realm at, DatabaseName target, String parameterGroup) {
      return Permission.change(
          change,
          "rds:CreateDBInstance",
          members(at, target),
          at.arn("rds", "cluster:" + at.named(target)),
          subnets(at),
          at.arn("rds", "pg:" + parameterGroup),
          at.arn("rds", "og:*"));
    }
  }

  /** What an Aurora cluster that is made in a Region consists of, however it is made. */
  record NewCluster(
      @Written("class")
          @Says(
              "The class of the instances, db.serverless without it; further entries are tried when"
                  + " AWS has no capacity for the first, or finds that out only later.")
          @OneOrMany
          List<String> classes,
      @Says("How many instances to add; a cluster without one cannot serve.")
          @Default("1")
          @AtLeast(1)
          @AtMost(16)
          int instances,
      @Says("The range in which db.serverless instances scale.") @Nullable Capacity capacity,
      @Written(inline = true) Network network,
      @Says("The cluster parameter group, in this Region; none comes along from another one.")
          String clusterParameterGroup,
      @Says("The parameter group of the instances, in this Region.") String parameterGroup) {
    private static final String SERVERLESS = "db.serverless";

    public NewCluster {
      classes = classes.isEmpty() ? List.of(SERVERLESS) : classes;
      if (capacity == null && classes.contains(SERVERLESS)) {
        throw new IllegalArgumentException("class db.serverless needs a capacity");
      }
    }

    /**
     * What making the cluster takes.
     *
     * @param from what it is made from
     */
    Permission make(
        Action.Change change, String action, Realm at, DatabaseName target, String... from) {
      Stream<String> needed =
          Stream.of(
              at.arn("rds", "cluster:" + at.named(target)),
              network.subnets(at),
              at.arn("rds", "cluster-pg:" + clusterParameterGroup),
              at.arn("rds", "og:*"));
      return Permission.change(
          change, action, Stream.concat(needed, Stream.of(from)).toArray(String[]::new));
    }

    /** What looking for what it is made with takes. */
    Stream<Permission> looks(Realm at) {
      return Stream.of(
          look("rds:DescribeDBSubnetGroups", network.subnets(at)),
          look("rds:DescribeDBParameterGroups", at.arn("rds", "pg:" + parameterGroup)),
          look(
              "rds:DescribeDBClusterParameterGroups",
              at.arn("rds", "cluster-pg:" + clusterParameterGroup)));
    }

    /** What adding its instances takes. */
    Permission addInstances(Action.Change change, Realm at, DatabaseName target) {
      return network.addInstances(change, at, target, parameterGroup);
    }
  }

  /** Who may still reach a database that is set aside. */
  record Quarantine(
      @Says("Security groups that admit nobody but the verifier.") @OneOrMany @AtLeast(1)
          List<String> securityGroups) {}

  /** Who could reach it before, as an output. */
  record FormerGroups(
      @Says("The security groups it had, separated by commas.") @Like("sg-0former")
          List<String> formerSecurityGroups) {}

  /** How much of the data came back, as an output. */
  record Recovered(
      @Says("The time up to which it holds data.") @Like("2026-01-01T00:00:00Z")
          @Nullable Instant recoveryPoint) {}

  /** A copy of a snapshot, made in this Region. */
  record SnapshotCopy(
      @Says("The snapshot to copy, by the ARN it has in its own Region.") Arn source,
      @Says("The base of the copy's name; the run is appended to it.") SnapshotName target,
      @Says("The key in this Region that encrypts the copy.") Arn kmsKey) {

    /** AWS reads the source under its key and writes the copy under ours. */
    Stream<Permission> keys(Action.Change change, Realm at) {
      return Stream.of("kms:DescribeKey", "kms:CreateGrant")
          .map(action ->
              Permission.implied(
                  change, action, kmsKey.value(), at.arnInAnyRegion("kms", "key/*")));
    }
  }

  /** Which snapshot of a database to use. */
  sealed interface SnapshotChoice {
    /**
     * All DB snapshots of this account, and the one of another account that is named.
     *
     * @param others what else an action needs beside them
     */
    default String[] from(Realm at, String... others) {
      return of("snapshot", at, others);
    }

    /** The same of cluster snapshots. */
    default String[] fromCluster(Realm at, String... others) {
      return of("cluster-snapshot", at, others);
    }

    private String[] of(String type, Realm at, String... others) {
      String own = at.arn("rds", type + ":*");
      boolean foreign =
          this instanceof Exact exact && !exact.arn().value().startsWith(own.replace("*", ""));
      Stream<String> snapshots =
          foreign ? Stream.of(((Exact) this).arn().value(), own) : Stream.of(own);
      return Stream.concat(snapshots, Stream.of(others)).toArray(String[]::new);
    }

    record Latest(
        @Says(
                "The database whose newest usable snapshot in this Region is taken; the gate shows"
                    + " and pins it.")
            String latestCopyOf,
        @Says("The step is broken when the newest snapshot is older than this.")
            @Nullable Duration maxAge)
        implements SnapshotChoice {}

    record Exact(@Says("The snapshot, by its ARN in this Region.") Arn arn)
        implements SnapshotChoice {}
  }
}
