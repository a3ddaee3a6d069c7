package io.rekindle.simulator.contract;

import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Judges every pair of request and answer that it hears. */
public final class Overheard implements BiConsumer<Request, Reply> {
  private final Set<String> differences = new TreeSet<>();
  private final WireContract contract;
  private int pairs;

  public Overheard(WireContract contract) {
    this.contract = contract;
  }

  @Override
  public void accept(Request request, Reply reply) {
    List<String> found = judged(request, reply);
    synchronized (this) {
      pairs++;
      differences.addAll(found);
    }
  }

  private List<String> judged(Request request, Reply reply) {
    try {
      return contract.differences(request, reply);
    } catch (RuntimeException unreadable) {
      return List.of(
          request.service() + " " + request.operation() + " cannot be read: " + unreadable);
    }
  }

  public synchronized int pairs() {
    return pairs;
  }

  /** What differed since it was asked last, as sentences. */
  public synchronized List<String> differences() {
    List<String> since = new ArrayList<>(differences);
    differences.clear();
    return since;
  }
}
