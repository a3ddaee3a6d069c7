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

    private Call call;

    private Entry(int number, Call call) {
      this.number = number;
      this.call = call;
    }

    /** Gives what it has become. */
    Call becomes(UnaryOperator<Call> change) {
      synchronized (CallRecord.this) {
        call = change.apply(call);
        int index = number - forgotten;
        if (index >= 0) {
          calls.set(index, call);
        }
        return call;
      }
    }
  }

  synchronized Entry arrived(Request request) {
    Call call = Call.arrived(request);
    calls.add(call);
    return new Entry(forgotten + calls.size() - 1, call);
  }

  synchronized List<Call> all() {
    return List.copyOf(calls);
  }

  synchronized void forget() {
    forgotten += calls.size();
    calls.clear();
  }
}
