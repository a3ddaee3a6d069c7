package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.Says;
import io.rekindle.plan.step.Like;
import io.rekindle.plan.value.Arn;

/** Where an Aurora cluster is found, as outputs. */
public record ClusterAddress(
    @Like("{it}") Endpoints endpoints,
    @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:cluster:{it}") Arn arn,
    @Says("Its port.") @Like("5432") int port) {

  /** The names that follow its writer and its readers. */
  public record Endpoints(
      @Says("The host name of its writer.")
          @Like("{it}.cluster-c0example.{region}.rds.amazonaws.com")
          String endpoint,
      @Says("The host name that spreads over its readers; the writer answers where there are none.")
          @Like("{it}.cluster-ro-c0example.{region}.rds.amazonaws.com")
          String readerEndpoint) {}
}
