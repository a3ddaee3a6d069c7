package io.rekindle.action.aws.cfn;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeAction;
import software.amazon.awssdk.services.cloudformation.model.Replacement;
import software.amazon.awssdk.services.cloudformation.model.ResourceChange;

/** What a change set would do to resources that hold data. */
final class DataChanges {
  private static final String NESTED = "AWS::CloudFormation::Stack";

  private static final Set<String> HOLD_DATA =
      Set.of(
          "AWS::RDS::DBInstance",
          "AWS::RDS::DBCluster",
          "AWS::RDS::GlobalCluster",
          "AWS::DocDB::DBCluster",
          "AWS::DocDB::DBInstance",
          "AWS::Neptune::DBCluster",
          "AWS::Neptune::DBInstance",
          "AWS::Redshift::Cluster",
          "AWS::DynamoDB::Table",
          "AWS::DynamoDB::GlobalTable",
          "AWS::Cassandra::Table",
          "AWS::Timestream::Database",
          "AWS::Timestream::Table",
          "AWS::ElastiCache::CacheCluster",
          "AWS::ElastiCache::ReplicationGroup",
          "AWS::ElastiCache::ServerlessCache",
          "AWS::MemoryDB::Cluster",
          "AWS::OpenSearchService::Domain",
          "AWS::Elasticsearch::Domain",
          "AWS::S3::Bucket",
          "AWS::EFS::FileSystem",
          "AWS::FSx::FileSystem",
          "AWS::EC2::Volume",
          "AWS::SQS::Queue",
          "AWS::Kinesis::Stream",
          "AWS::MSK::Cluster",
          "AWS::Cognito::UserPool",
          "AWS::SecretsManager::Secret",
          "AWS::KMS::Key");

  private DataChanges() {}

  /**
   * Those that nobody allowed, in words. What a nested stack does with its own resources is not
   * seen here, so any change of one is taken for the worst.
   */
  static String forbidden(List<Change> changes, List<String> allowed) {
    return changes.stream()
        .map(Change::resourceChange)
        .filter(change -> change != null && !allowed.contains(change.logicalResourceId()))
        .filter(DataChanges::takesData)
        .map(DataChanges::inWords)
        .collect(Collectors.joining(", "));
  }

  private static boolean takesData(ResourceChange change) {
    if (change.resourceType().equals(NESTED)) {
      return change.action() != ChangeAction.ADD;
    }
    return HOLD_DATA.contains(change.resourceType())
        && switch (change.action()) {
          case ADD, IMPORT, SYNC_WITH_ACTUAL -> false;
          case MODIFY -> mayReplace(change);
          case REMOVE, DYNAMIC, UNKNOWN_TO_SDK_VERSION -> true;
        };
  }

  private static boolean mayReplace(ResourceChange change) {
    return change.replacement() != null && change.replacement() != Replacement.FALSE;
  }

  private static String inWords(ResourceChange change) {
    String does =
        change.action() == ChangeAction.MODIFY
            ? change.replacement() == Replacement.TRUE ? "replaces" : "may replace"
            : "removes";
    return "%s %s (%s)".formatted(does, change.logicalResourceId(), change.resourceType());
  }
}
