package io.rekindle.simulator.site;

import io.rekindle.simulator.seed.Balancer;
import io.rekindle.simulator.seed.Estate;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.wire.Client;
import java.util.Map;

/** An application of two Regions that was seeded, as its users see it. */
public interface Application {
  /**
   * Where it answers in one Region.
   *
   * @param client asks in that Region
   */
  record Front(Client client, Balancer balancer) {
    static Front of(Client client, Estate estate) {
      return new Front(client.in(estate.region()), estate.balancer());
    }

    String region() {
      return client.region();
    }
  }

  World world();

  /** Where its users go. */
  String name();

  /** What its example names that is called otherwise here, and no value of a Region. */
  Map<String, String> words();

  /** What is answered behind the load balancer of a Region. */
  Answer answer(Client client, String path);

  /** An answer to a user. */
  record Answer(int status, String text) {
    /** What a load balancer says by itself. */
    public static final int NO_TARGET = 503;
  }
}
