package io.rekindle.simulator;

import io.rekindle.simulator.database.Databases;
import io.rekindle.simulator.fake.Fake;
import io.rekindle.simulator.fake.Fakes;
import io.rekindle.simulator.fake.Pace;
import io.rekindle.simulator.fault.Faults;
import io.rekindle.simulator.wire.Callers;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.KnownGood;
import io.rekindle.simulator.wire.RequestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

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
  private final Pace pace;
  private final Optional<Databases> databases;
  private final List<Fake> fakes;
  private final Moto moto;
  private final Front front;

  private Simulator(Moto moto, Settings settings) throws IOException {
    this.moto = moto;
    pace = new Pace(settings.pace());
    databases =
        settings.databases() ? Optional.of(new Databases(Cache.folder())) : Optional.empty();
    fakes = Fakes.all(pace, databases, faults::silences);
    Callers callers = new Callers();
    Cloud cloud = callers.watching(Fake.inFrontOf(KnownGood.only(moto), fakes));
    front = Front.open(settings.port(), new RequestReader(callers), record, faults, cloud);
  }

  /**
   * @throws SimulatorUnavailable when this machine lacks what it needs
   */
  public static Simulator start() {
    return start(Settings.FAST);
  }

  /**
   * @throws SimulatorUnavailable when this machine lacks what it needs
   */
  public static Simulator start(Settings settings) {
    try {
      Moto moto = Moto.start();
      try {
        return new Simulator(moto, settings);
      } catch (IOException failed) {
        moto.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("The simulator did not start: " + failed.getMessage(), failed);
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

  public Pace pace() {
    return pace;
  }

  /** As if it had just been started. */
  public void reset() {
    faults.clear();
    pace.forget();
    moto.reset();
    fakes.forEach(Fake::forget);
    record.forget();
  }

  @Override
  public void close() {
    front.close();
    databases.ifPresent(Databases::close);
    moto.close();
  }
}
