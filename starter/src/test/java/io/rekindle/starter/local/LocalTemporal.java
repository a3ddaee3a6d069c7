package io.rekindle.starter.local;

import io.rekindle.rehearse.LateCancels;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.Script;

/**
 * A Temporal server on a port of this machine, with a worker on it whose cloud is made of facts.
 */
public final class LocalTemporal implements AutoCloseable {
  private final String address;
  private final EmbeddedServer server;
  private final FactsWorker worker;

  public LocalTemporal(Script script) {
    int port = Ports.free();
    this.address = "127.0.0.1:" + port;
    this.server = new EmbeddedServer(port);
    server.awaitReady();
    this.worker = new FactsWorker(address, script, new LateCancels());
  }

  public String address() {
    return address;
  }

  public RehearsalCloud cloud() {
    return worker.cloud();
  }

  public void stopWorkers() {
    worker.stop();
  }

  public void restartWorkers() {
    worker.startAgain();
  }

  @Override
  public void close() {
    worker.close();
    server.close();
  }
}
