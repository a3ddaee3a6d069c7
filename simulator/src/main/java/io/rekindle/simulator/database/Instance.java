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

  /** Another that gives the same rows, and lets in whom this one does. */
  Instance sharing(BooleanSupplier otherSilent) throws IOException {
    Instance other = new Instance(new LentRows(rows), otherSilent);
    other.closed = closed;
    return other;
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

  /** From now on nobody answers; the rows stay. */
  void shut() throws IOException {
    door.close();
  }

  /** At the same port as before, if it was shut. */
  void open() throws IOException {
    if (door.isClosed()) {
      door = open(door.port());
    }
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
