package io.rekindle.simulator;

import io.rekindle.simulator.fault.Faults;
import io.rekindle.simulator.wire.Callers;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.KnownGood;
import io.rekindle.simulator.wire.RequestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;

/**
 * A simulator of AWS's wire protocol on this machine: an emulator, and before it scripted faults,
 * stand-ins for what the emulator lacks, and states that last.
 *
 * <p>Give SDK clients {@link #endpoint()} as their endpoint and any credentials. An access key of
 * twelve digits is an account of its own, so test cases can share one simulator.
 */
public final class Simulator implements AutoCloseable {
  private final CallRecord record = new CallRecord();
  private final Faults faults = new Faults();
  private final Moto moto;
  private final Front front;

  private Simulator(Moto moto, int port) throws IOException {
    Callers callers = new Callers();
    this.moto = moto;
    Cloud cloud = callers.watching(KnownGood.only(moto));
    front = Front.open(port, new RequestReader(callers), record, faults, cloud);
  }

  /**
   * Starts it on a free port of the loopback address.
   *
   * @throws SimulatorUnavailable when this machine lacks what it needs
   */
  public static Simulator start() {
    return start(0);
  }

  public static Simulator start(int port) {
    try {
      Moto moto = Moto.start();
      try {
        return new Simulator(moto, port);
      } catch (IOException failed) {
        moto.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("The simulator did not start.", failed);
    }
  }

  public URI endpoint() {
    return front.address();
  }

  /** Every call so far, oldest first. */
  public List<Call> calls() {
    return record.all();
  }

  public Faults faults() {
    return faults;
  }

  /** As if it had just been started. */
  public void reset() {
    faults.clear();
    moto.reset();
    record.forget();
  }

  @Override
  public void close() {
    front.close();
    moto.close();
  }
}
