package io.rekindle.simulator.site;

import io.rekindle.simulator.seed.Balancer;
import io.rekindle.simulator.wire.Client;

/** An application of two Regions, as its users see it. */
public interface Application {
  /**
   * Where it answers in one Region.
   *
   * @param client asks in that Region
   */
  record Front(Client client, Balancer balancer) {
    String region() {
      return client.region();
    }
  }

  Front primary();

  Front recovery();

  /** The load balancer that the public name leads to, by its DNS name. */
  String named();

  /** What is answered behind a load balancer. */
  Answer answer(Client client, String path);

  /** An answer to a user. */
  record Answer(int status, String text) {
    /** What a load balancer says by itself. */
    public static final int NO_TARGET = 503;
  }
}
