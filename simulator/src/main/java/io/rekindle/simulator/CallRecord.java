package io.rekindle.simulator;

import io.rekindle.simulator.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** All calls, in the order in which they came. */
final class CallRecord {
  private final List<Entry> entries = new ArrayList<>();

  /** A call whose end may not be known yet. */
  static final class Entry {
    private final AtomicReference<Call> call;

    private Entry(Call call) {
      this.call = new AtomicReference<>(call);
    }

    /** Gives what it has become. */
    Call becomes(UnaryOperator<Call> change) {
      return call.updateAndGet(change);
    }
  }

  synchronized Entry arrived(Request request) {
    Entry entry = new Entry(Call.arrived(request));
    entries.add(entry);
    return entry;
  }

  synchronized List<Call> all() {
    return entries.stream().map(entry -> entry.call.get()).toList();
  }

  synchronized void forget() {
    entries.clear();
  }
}
