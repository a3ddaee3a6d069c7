package io.rekindle.action.aws.traffic;

/** What a bucket of switches is given. */
final class HealthSwitchWorld {
  private HealthSwitchWorld() {}

  /** A policy that lets everybody read. */
  static String forEverybody(String bucket) {
    return policy(bucket, "");
  }

  /** A policy that lets only some read, by their addresses. */
  static String forSome(String bucket) {
    return policy(bucket, ", 'Condition': {'IpAddress': {'aws:SourceIp': '15.177.0.0/18'}}");
  }

  private static String policy(String bucket, String condition) {
    return """
    {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': '*',
     'Action': 's3:GetObject', 'Resource': 'arn:aws:s3:::%s/*'%s}]}
    """
        .formatted(bucket, condition)
        .replace('\'', '"');
  }
}
