package io.rekindle.simulator.database;

import java.io.IOException;
import java.net.Socket;

/** The first words of a client, in the language of its engine. */
@FunctionalInterface
interface Greeting {

  /**
   * Hears them and passes them on.
   *
   * @return whether the client may stay
   */
  boolean letsIn(Socket client, Socket server) throws IOException;
}
