package io.rekindle.simulator;

import io.rekindle.simulator.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** All calls, in the order in which they came. */
final class CallRecord {
  private final List<Call> calls = new ArrayList<>();
  private int forgotten;

  /** A call whose end is not known yet. */
  final class Entry {
    private final int number;

    private Entry(int number) {
      this.number = number;
    }

    void becomes(UnaryOperator<Call> change) {
      synchronized (CallRecord.this) {
        int index = number - forgotten;
        if (index >= 0) {
          calls.set(index, change.apply(calls.get(index)));
        }
      }
    }
  }

  synchronized Entry arrived(Request request) {
    calls.add(Call.arrived(request));
    return new Entry(forgotten + calls.size() - 1);
  }

  synchronized List<Call> all() {
    return List.copyOf(calls);
  }

  synchronized void forget() {
    forgotten += calls.size();
    calls.clear();
  }
}
