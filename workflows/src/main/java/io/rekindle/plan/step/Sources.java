package io.rekindle.plan.step;

/** Where typical durations are known from. */
public final class Sources {
  /** Nobody has measured it: a guess by people who know the service. */
  public static final String ESTIMATE = "estimate";

  /** Each step says itself how long it takes. */
  public static final String TOLD = "the step's own field";

  public static final String RDS_READ_REPLICAS =
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.html";
  public static final String RDS_COPY =
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html";
  public static final String ROUTE53_CHANGES =
      "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-dns.html";
  public static final String ROUTE53_HEALTH =
      "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html";
  public static final String IOT_DOMAINS =
      "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable.html";
  public static final String S3_REPLICATION_TIME =
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html";

  /**
   * The runbook that the example plan aurora-serverless was made from; its own durations, not
   * measured.
   */
  public static final String AURORA_SERVERLESS_RUNBOOK =
      "runbook of examples/aurora-serverless.yaml";

  private Sources() {}
}
