package io.rekindle.simulator.database;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Rows behind a door of their own. */
final class Instance {
  private final Rows rows;
  private final BooleanSupplier silent;
  private volatile boolean closed;
  private Door door;

  /**
   * @param silent whether its Region does not answer at present
   */
  Instance(Rows rows, BooleanSupplier silent) throws IOException {
    this.rows = rows;
    this.silent = silent;
    door = open(0);
  }

  private Door open(int port) throws IOException {
    return Door.open(port, rows::port, rows.greeting(() -> closed), silent);
  }

  Rows rows() {
    return rows;
  }

  Door door() {
    return door;
  }

  boolean isSilent() {
    return silent.getAsBoolean();
  }

  void admit(boolean everybody) {
    closed = !everybody;
  }

  void stop() throws IOException {
    door.close();
    rows.stop();
  }

  /** Its port stays. */
  void start() throws IOException {
    rows.start();
    door = open(door.port());
  }
}
