package io.rekindle.simulator.visitors;

/**
 * What the application has in one Region, before anything fails.
 *
 * @param balancer the DNS name of its load balancer
 * @param balancerZone the hosted zone of that name
 * @param balancerArn the ARN of the load balancer
 * @param verifierGroup the security group of those who only check
 */
public record Estate(
    String region,
    String key,
    String databaseGroup,
    String verifierGroup,
    String balancer,
    String balancerZone,
    String balancerArn) {

  /** What metrics call the load balancer. */
  String balancerMetric() {
    return balancerArn.substring(balancerArn.indexOf("app/"));
  }
}
